"""properties without servers."""
