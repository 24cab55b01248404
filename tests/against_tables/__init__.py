"""The product held to a second computation of its numbers, from the tables alone (`tests.recomputed`)."""
