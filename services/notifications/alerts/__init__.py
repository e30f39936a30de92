"""Alerts: mails about a home that matches a person's wishes."""
