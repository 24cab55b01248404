"""Paths between two organizations: fields, paths as sentences with their sources, a small picture, files."""
