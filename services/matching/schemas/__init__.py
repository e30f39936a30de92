"""HTTP shapes of matching; the engine checks a search's content again and gives reasons."""
