"""Language, theme and the colour of an agency."""
