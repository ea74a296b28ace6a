"""Defects at the edge: what comes in by `shared/api`, and what leaves by `shared/views` and the logs."""

from tests.proofs.defects.defect import Defect

EDGE = (
    Defect(
        "ID tokens are let in",
        "shared/api/parsing.py",
        'claims.get("token_use") != "access" or ',
        "",
    ),
    Defect("a body may be of any size", "shared/api/parsing.py", "if len(raw) > LARGEST_BODY:", "if False:"),
    Defect("unknown fields are let pass", "shared/api/parsing.py", 'extra="forbid", strict=True', "strict=True"),
    Defect("numbers are taken for text", "shared/api/parsing.py", "strict=True, ", "coerce_numbers_to_str=True, "),
    Defect(
        "callers meet in one idempotency key",
        "shared/api/parsing.py",
        'event["rawPath"], who, given',
        'event["rawPath"], given',
    ),
    Defect(
        "a repeat counts whatever its body says",
        "shared/api/parsing.py",
        "canonical.encode(), hashlib.sha256",
        'b"", hashlib.sha256',
    ),
    Defect(
        "a malformed id is told from an unknown one",
        "shared/api/parsing.py",
        "raise errors.NotFound",
        'raise errors.InvalidRequest([(name, "malformed")])',
    ),
    Defect(
        "answers may be kept on their way",
        "shared/api/entry.py",
        '"cache-control": "no-store"',
        '"cache-control": "private"',
    ),
    Defect(
        "an error tells what is inside",
        "shared/api/entry.py",
        '"Something went wrong on our side; try again, and give this request_id if it goes on."',
        "str(error)",
    ),
    Defect(
        "a token is logged",
        "shared/api/entry.py",
        '"route": route.key,',
        '"route": route.key, "body": event.get("body"),',
    ),
    Defect(
        "a use case that meets others is not tried again",
        "shared/api/entry.py",
        "if type(conflict) is not errors.Conflict or ",
        "if True or ",
    ),
    Defect(
        "a refusal has another status", "shared/api/refusals.py", "errors.LastAdmin: (409", "errors.LastAdmin: (403"
    ),
    Defect(
        "an error's message is logged",
        "shared/observability.py",
        '"error": type(error).__name__,',
        '"error": f"{type(error).__name__}: {error}",',
    ),
    Defect(
        "moments are finer than what is stored",
        "shared/clock.py",
        "now.microsecond // 1000 * 1000",
        "now.microsecond",
    ),
    Defect(
        "an invitation that has expired is shown as open until it is swept",
        "shared/views/users.py",
        "status=status_at(user, now),",
        "status=user.status,",
    ),
    Defect(
        "whoever has joined is shown an invitation",
        "shared/views/users.py",
        "invitation=None if user.joined_at else invitation",
        "invitation=invitation",
    ),
    Defect(
        "accounts that somebody has left are theirs to enter",
        "shared/views/identities.py",
        "                if user.status is Status.ACTIVE\n",
        "",
    ),
    Defect(
        "seats that are taken are for sale",
        "shared/views/accounts.py",
        "available=seats.available",
        "available=seats.limit",
    ),
    Defect(
        "every copied link says whether there is an ID",
        "shared/views/invitations.py",
        "mailed=link.is_mailed",
        "mailed=True",
    ),
    Defect(
        "the access page shows what groups grant to others",
        "shared/views/access.py",
        "sorted(actors.rights_of(user, groups))",
        "[]",
    ),
)
