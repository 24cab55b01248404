"""Records as typed objects, and how their dates and evidence are read."""
