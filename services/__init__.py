"""The services of Lintel; none imports another."""
