"""Invitations to work at an agency, by mail."""
