"""What decisions stand on: who may do what, in which state, what changes, and what is recorded and mailed."""
