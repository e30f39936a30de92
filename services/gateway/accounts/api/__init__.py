"""The JSON API of agencies, members, API clients and tokens."""
