"""Mutants of the product, run one at a time in a process of their own to see which test fails."""
