"""Random faults: a share of the requests of one operation fails."""

import random
from collections import Counter

from botocore.awsrequest import AWSResponse

from tests.proofs.faults import Call, Fault, Perform, suffer

_FAULTS = (Fault.THROTTLED, Fault.DOWN, Fault.LOST, Fault.KILLED_BEFORE, Fault.KILLED_AFTER)


class RandomFaults:
    """Fail a share (`rate`) of these requests; `met` counts faults, `unanswered` keeps calls that took effect."""

    def __init__(self, operation: str, *, rate: float, chance: random.Random) -> None:
        self.met: Counter[str] = Counter()
        self.unanswered: list[Call] = []
        self.rate = rate
        self._operation, self._chance = operation, chance

    def meet(self, call: Call, perform: Perform) -> AWSResponse:
        if call.operation != self._operation or self._chance.random() >= self.rate:
            return perform()
        fault = self._chance.choice(_FAULTS)
        self.met[fault.value] += 1
        if fault.takes_effect:
            self.unanswered.append(call)
        return suffer(fault, call, perform)
