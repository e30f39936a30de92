"""Alerts: mails about a home that meets somebody's wishes."""
