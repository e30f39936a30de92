"""The published language: what every event carries, and who may read it."""
