"""The SPARQL service over HTTP: endpoint, editor, and what can be done with an answer."""
