"""Analyses of an edition on a day: what ends, where something is missing, what changed; tables with their settings."""
