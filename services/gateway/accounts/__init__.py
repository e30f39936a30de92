"""Accounts: agencies, members, invitations, API clients, sessions; does not use pages."""
