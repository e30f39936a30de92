"""The matching engine: facts, `evaluate`, words, places, reasons and the index; uses no server and no database."""
