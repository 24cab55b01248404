"""The process that serves: what bears slow and lost clients."""
