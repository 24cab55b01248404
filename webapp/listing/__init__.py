"""Lists with facets: a description of columns and facets each, one page, files of the same rows."""
