"""What several features need of a listing: its address and the errors of its forms."""
