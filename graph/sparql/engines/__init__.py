"""Where triples are kept and asked: in the memory of this process, or at a SPARQL 1.1 endpoint."""
