"""Commands: each takes a snapshot and returns the changes that it decides."""
