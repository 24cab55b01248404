"""Who cooperates with whom, as a network: ties, places, measures, paths."""
