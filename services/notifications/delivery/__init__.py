"""A delivery: its states and transitions, its storage and its sending."""
