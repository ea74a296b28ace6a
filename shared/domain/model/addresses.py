"""E-mail addresses in the one form in which they are compared, stored and mailed."""

import re

MAX_LENGTH = 128  # Cognito's limit for a Username.
MAX_GIVEN_LENGTH = 320  # With what may surround a pasted address.


def canonical(address: str) -> str:
    """Return the address in lower case, its domain as A-labels; `+tag` and dots stay, what surrounds a pasted one goes.

    Raises ValueError with a sentence for people.
    """
    import email_validator  # noqa: PLC0415 (loaded by the few functions that are given an address)

    try:
        parts = email_validator.validate_email(
            _pasted(address),
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,  # no local part that mail systems refuse
            test_environment=True,  # allow mailboxes under .test
        )
    except email_validator.EmailNotValidError as error:
        message = "This is not a valid email address."
        if "@" not in address:
            message = "An email address needs an @ sign, as in name@example.com."
        raise ValueError(message) from error
    found = f"{parts.local_part}@{parts.ascii_domain}".lower()
    if len(found) > MAX_LENGTH:
        message = f"The address is longer than {MAX_LENGTH} characters."
        raise ValueError(message)
    return found


def _pasted(text: str) -> str:
    """Return the text without the blanks and invisible characters that come along with an address."""
    invisible = r"[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
    return re.sub(f"^{invisible}|{invisible}$", "", text)
