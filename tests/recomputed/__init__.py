"""What the product should say, computed a second time from the CSV tables alone.

Nothing of `graph` or `webapp` is imported here, no RDF and no query: only rows, and the rules as the documents state
them (data/README.md, ontology/README.md, webapp/README.md, the headers of graph/queries, the page /about). A difference
between this and a page is a fault of one of the two. Everything goes by row ids, and by codes of code lists.
"""
