"""HTTP shapes of matching; what a search may say is decided once more, and with reasons, by the engine."""
