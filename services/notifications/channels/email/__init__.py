"""E-mail: what a mail says, how it is rendered, and how it is handed to a mail server."""
