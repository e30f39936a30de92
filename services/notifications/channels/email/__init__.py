"""E-mail: content of mails, rendering, and delivery to a mail server."""
