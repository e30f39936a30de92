"""Whether a person may be written to, and how."""
