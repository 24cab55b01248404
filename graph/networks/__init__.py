"""The whole network of an edition: measured and placed once, kept by edition, and grouped where it is too much."""
