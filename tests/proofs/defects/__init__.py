"""Defects of the product, planted one at a time into a process of its own, to see which test notices."""
