"""Facts of an open edition on a day: relations, lists with facets and counts, scenes, territories, search, measures."""
