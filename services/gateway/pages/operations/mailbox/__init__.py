"""Pages of mailbox."""
