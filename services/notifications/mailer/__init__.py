"""What notifications alone does: put an alert into words, into a mail, and into a mail server's hands."""
