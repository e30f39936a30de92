"""The parts of every service's web process: errors, tokens, schemas, idempotency, documents."""
