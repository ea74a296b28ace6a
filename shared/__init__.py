"""The code that all functions share."""

import gc

# Initialisation allocates about 100,000 long-lived objects; at the default threshold, scanning them costs about 5 % of
# a cold start.
gc.set_threshold(200_000)
