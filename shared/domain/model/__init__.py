"""Values and entities."""
