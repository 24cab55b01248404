"""Charts as SVG, of four forms: columns, bars, strips of a calendar, small maps; and what their numbers show."""
