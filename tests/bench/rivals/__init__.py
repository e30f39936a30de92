"""What the measurements compare Lintel with."""
