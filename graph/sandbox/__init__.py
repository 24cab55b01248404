"""Processes that run the queries of users, and nothing else."""
