"""Networks as pictures: where all stands, and how it is drawn."""
