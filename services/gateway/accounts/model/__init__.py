"""Agencies, the people and programs that act for them, and their sessions: the rules."""
