"""MongoDB: connection, transactions, stores of one agency, pages."""
