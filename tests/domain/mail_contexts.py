"""What a mail about a user meets when it is about to be sent."""

from shared.domain.model.users import User
from shared.domain.policy.send_conditions import MailContext
from tests.domain_factories import the_account


def context_of(user: User, *, inviter: User | None = None, recipient: User | None = None) -> MailContext:
    """Return the context of a mail about this user of an active account."""
    return MailContext(account=the_account(), user=user, inviter=inviter, recipient=recipient)
