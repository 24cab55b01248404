"""The ontology, the shapes and the JSON-LD context as documents for people and machines."""
