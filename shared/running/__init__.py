"""How a process starts, what it is told, and what it says of itself."""
