"""The rules told once more, in plain values and with nothing of the product: what a command is answered, and does.

A new command is a method of its name in the class where it belongs. It raises `Refused` for every reason, in the order
in which reasons count, and only then changes what there is. If it moves a user, its move is a line of
`moves.TRANSITIONS`,
and of `moves.ACTION_GUARDS` if it is offered to people. Besides, it needs its route in `doors.ROUTES` and a rule of the
machine, which chooses what to give; the table of what must be met follows from `moves` and from `coverage`.
"""

from tests.proofs.model.administration import Administration
from tests.proofs.model.lifecycle import Lifecycle
from tests.proofs.model.links import Links
from tests.proofs.model.persons import Persons
from tests.proofs.model.sweeps import Sweeps


class Model(Administration, Lifecycle, Links, Persons, Sweeps):
    """Everything that there is at one moment, `now`."""
