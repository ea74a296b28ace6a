"""E-mail addresses in the one form in which they are compared, stored and mailed."""

LONGEST = 128  # Cognito's limit for a Username.


def canonical(address: str) -> str:
    """Lower case, the domain as A-labels; `+tag` and dots are kept. Raises ValueError with a sentence for people."""
    import email_validator  # noqa: PLC0415 (loaded by the few functions that are given an address)

    try:
        parts = email_validator.validate_email(
            address,
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,  # no local part that mail systems refuse
            test_environment=True,  # allow mailboxes under .test
        )
    except email_validator.EmailNotValidError as error:
        message = "This is not an email address that can be mailed to."
        if "@" not in address:
            message = "An email address has an @ sign, such as in name@example.com."
        raise ValueError(message) from error
    found = f"{parts.local_part}@{parts.ascii_domain}".lower()
    if len(found) > LONGEST:
        message = f"The address is longer than {LONGEST} characters."
        raise ValueError(message)
    return found
