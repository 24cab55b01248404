"""Questions as sentences with drop-downs, and their examples as RDF."""
