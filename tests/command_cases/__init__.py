"""Every command of the product as the tests call it: one `CommandCase` is what a new command costs them.

Fault matrix, interleavings, isolation, leaks, least privilege, bad input, idempotency and the benchmark read `CASES`.
"""

from tests.command_cases import (
    account_settings,
    clock,
    groups,
    identities,
    invitations,
    invitee,
    inviting,
    membership,
    operator,
    partners,
    reads,
    records,
    recovery,
    seats,
    self_service,
    teams,
)
from tests.command_cases.case import CommandCase

CASES = (
    *operator.CASES,
    *identities.CASES,
    *inviting.CASES,
    *invitations.CASES,
    *account_settings.CASES,
    *membership.CASES,
    *partners.CASES,
    *groups.CASES,
    *teams.CASES,
    *invitee.CASES,
    *seats.CASES,
    *records.CASES,
    *reads.CASES,
    *self_service.CASES,
    *recovery.CASES,
    *clock.CASES,
)
BY_NAME = {case.name: case for case in CASES}
PLAIN = {case.target: case for case in reversed(CASES)}
ROUTES = sorted(target for target, case in PLAIN.items() if case.is_route)


def plain_case_of(function: str) -> CommandCase:
    """The first case of a function of the catalogue."""
    return next(case for case in CASES if case.function == function)
