"""A delivery: its states and transitions, how it is stored, and how it is sent."""
