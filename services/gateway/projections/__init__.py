"""What events brought for pages."""
