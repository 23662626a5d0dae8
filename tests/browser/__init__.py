"""The map in a real browser."""
