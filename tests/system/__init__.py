"""Stories over real processes."""
