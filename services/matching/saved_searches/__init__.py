"""Use cases of saved searches."""
