"""Named questions as sentences with blanks."""
