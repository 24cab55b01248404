"""Commands that measure speed, always beside others."""
