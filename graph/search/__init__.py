"""Full text of an edition: words as keys that inflection does not change, and an embedded engine that keeps them."""
