"""The other services over HTTP; only here stands a path or a field name of a service."""
