"""What people say of listings, the taste that is learned from it, and the changes it suggests."""
