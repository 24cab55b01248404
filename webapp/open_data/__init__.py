"""The data as open data: files, editions, catalogue, feeds, and what leads to them."""
