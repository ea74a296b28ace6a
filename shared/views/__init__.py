"""Public JSON shapes; what is not listed here cannot leave."""
