"""MongoDB of matching: searches and listings, matches with stamps, crossings under way, opinions, words."""
