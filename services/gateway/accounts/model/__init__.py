"""Agencies, members, API clients and sessions: the rules."""
