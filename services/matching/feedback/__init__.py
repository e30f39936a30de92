"""People's opinions of listings, the taste learned from them, and the changes that they suggest."""
