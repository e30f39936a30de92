"""Claims: how senders take what is due, one at a time, and try again what did not go."""
