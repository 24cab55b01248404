"""Pages and files of the analyses of `graph.analyses`: settings, tables, rules and limits in words."""
