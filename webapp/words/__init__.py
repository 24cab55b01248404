"""How facts are said: typography, names, labels, states, evidence, cells and sheets."""
