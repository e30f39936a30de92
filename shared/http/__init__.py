"""What every service's web process shares: errors, tokens, schemas, idempotency, documents."""
