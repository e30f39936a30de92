"""Who may come in: agencies, members, invitations, API clients, sessions; knows no page."""
