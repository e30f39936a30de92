"""The words and places that listings and searches are read with: shipped ones and an agency's own."""
