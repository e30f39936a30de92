"""Use cases of the accounts, one module an aggregate."""
