"""What all functions share."""

import gc

# A start makes lasting objects by the ten thousand: looking for waste after every 700 costs a twentieth and finds none.
gc.set_threshold(50_000)
