"""The cross-reference engine: facts, the one function, words, places, reasons and the index; no server, no database."""
