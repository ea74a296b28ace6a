"""The code that all functions share."""
