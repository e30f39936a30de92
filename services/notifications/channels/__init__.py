"""The channels to people; e-mail is the first."""
