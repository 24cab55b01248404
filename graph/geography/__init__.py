"""Maps of the Earth as SVG, without tiles: projections, outlines of countries, arcs, insets, marks and labels."""
