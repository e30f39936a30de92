"""The ways to a person; e-mail is the first."""
