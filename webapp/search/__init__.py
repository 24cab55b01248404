"""Search for people: what was understood, what was found, what else may be meant, and suggestions while one types."""
