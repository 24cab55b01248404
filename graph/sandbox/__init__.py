"""Processes that run what may run away: the queries of users, and the reading of files of others."""
