"""Data from events, stored for pages."""
