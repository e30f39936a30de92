"""Known words and places, and how typed text is resolved to them."""
