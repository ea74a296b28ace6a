"""How much is proved: a little in every test run, far more before a release."""

import os

_RELEASE = os.environ.get("USHER_PROOFS") == "release"

RACE_ROUNDS = 800 if _RELEASE else 19  # for each kind of race
CROWD = 16  # threads behind one barrier
