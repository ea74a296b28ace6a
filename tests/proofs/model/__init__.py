"""A random walk over the real handlers that checks invariants after each step.

There is no second implementation of the product here. What must hold is recounted from the tables, and what a command
interrupted by a fault must lead to is what the same command leads to without the fault, from the same state.
Transitions are expected once, in `tests/domain/states.py`.
"""
