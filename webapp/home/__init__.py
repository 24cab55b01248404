"""The overview that people start from."""
