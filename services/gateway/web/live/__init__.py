"""What open pages hear while they are open."""
