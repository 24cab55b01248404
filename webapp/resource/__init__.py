"""Identifiers of resources lead to pages and data."""
