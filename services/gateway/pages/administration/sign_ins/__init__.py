"""Pages of sign ins."""
