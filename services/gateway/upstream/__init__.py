"""Clients of the other services; paths and field names of services appear only here."""
