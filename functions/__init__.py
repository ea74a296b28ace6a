"""Each folder is one Lambda function."""

import gc

# Nearly all that a start makes stays: to look through it for garbage again and again would be a fiftieth of its time.
gc.set_threshold(50_000)
