"""From tables to triples: cells are read, checked and turned into statements."""
