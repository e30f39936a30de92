"""Events from one service to another: envelope, outbox, broker, inbox, worker."""
