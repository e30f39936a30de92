"""Pages of dead events."""
