"""Claims: how senders take due items one at a time, and retry those that failed."""
