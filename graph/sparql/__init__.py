"""Stores and queries: what is asked, of whom, and how answers are kept."""
