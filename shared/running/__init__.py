"""Processes: start, settings, logs and health reports."""
