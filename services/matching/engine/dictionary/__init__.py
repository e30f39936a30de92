"""Known words and places, and how typed ones are resolved."""
