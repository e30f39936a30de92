"""HTTP shapes of the accounts, one module an aggregate."""
