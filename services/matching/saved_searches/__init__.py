"""Use cases of saved searches: what people wish, kept."""
