"""Commands that measure a checkout: its speed beside others, its answers beside those of another commit."""
