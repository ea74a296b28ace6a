"""Each folder is one Lambda function, which imports this first."""

import gc

# Initialisation allocates about 100,000 long-lived objects; at the default threshold, scanning them costs about 10 % of
# a cold start.
gc.set_threshold(200_000)
