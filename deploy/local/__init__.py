"""The launcher for one machine without containers, and the private servers it shares with the tests."""
