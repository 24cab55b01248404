"""An edition as files: RDF, tables, places, networks."""
