"""More pending invitations of one inviter than a run of the sweep gets through."""

from shared.storage_schema import JOURNAL, MAIL
from tests.clock import INDEXES_KNOW
from tests.factories import ACCOUNT, DEACTIVATE, a_user, an_account, invited
from tests.functions.contract import call
from tests.functions.orphaning import waiting
from tests.invoke import Context, handler_of
from tests.proofs import movable_clock
from tests.proofs.invariants import assert_whole
from tests.proofs.snapshots import rows


class ShortContext(Context):
    """Of a run that gets through some forty invitations."""

    left = 50_000

    def get_remaining_time_in_millis(self) -> int:
        self.left -= 1_000
        return self.left


def test_hundreds_of_invitations_are_revoked_over_several_runs() -> None:
    ann = an_account(seats=300)
    bob = a_user(ann, "bob@example.org", admin=True)
    for number in range(230):
        invited(bob, f"u{number}@example.org")
    mails = len(list(rows(MAIL)))
    assert call(DEACTIVATE, caller=ann.signed_in, account_id=ACCOUNT, user_id=bob.user_id, body={}).status == 200

    runs = 0
    while waiting() and runs < 10:
        runs += 1
        movable_clock.forward(INDEXES_KNOW)
        handler_of("revoke_orphaned_invitations")({"every": "minute"}, ShortContext())

    revoked = [row["user_id"] for row in rows(JOURNAL) if row["type"] == "invitation.revoked"]
    assert 5 <= runs <= 8
    assert len(revoked) == len(set(revoked)) == 230
    assert len(list(rows(MAIL))) == mails + 1  # Bob himself gets one.
    assert_whole()
