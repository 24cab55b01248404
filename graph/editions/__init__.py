"""Editions: built from tables and ontology, kept, compared."""
