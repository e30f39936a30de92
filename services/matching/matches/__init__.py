"""Pages of matches with their reasons, and one pair explained."""
