"""A person's sign-in, global over all accounts: what it needs, whose it is, when it gives way (rules 13-15, 18)."""

import hashlib
import hmac
import unicodedata
from datetime import datetime, timedelta

from shared.domain.model import errors
from shared.domain.model.fields import Phone
from shared.domain.model.partners import Certification
from shared.domain.model.users import DailyCount, Locale
from shared.domain.model.values import Model, Moment

LOCK_LEASE = timedelta(seconds=15)  # longer than the time-out of `accept`: a test compares them


class IdentityLock(Model):
    """Held by one operation while it creates this identity's sign-in, until the lease ends."""

    operation: str
    until: Moment


class Profile(Model):
    """What the first sign-in asks for (rule 17); `time_zone` is an IANA name, `logo` the name of a checked picture.

    `version` counts how often it was saved.
    """

    version: int = 0
    phone: Phone | None = None
    time_zone: str | None = None
    signature: str | None = None
    logo: str | None = None


class Identity(Model):
    """`sub` names the one valid Cognito user; without it there is no identity, only what is known of the address.

    `certification` is the address's entry in the registry of partners, whether or not anyone can sign in.
    An unproven identity was made through a copied link and works in its `home_account` only. Of one that was
    `taken_over`, only sessions from after that count.

    Sessions count that began at `sessions_since` or later, a whole second, and the one that changed the password then,
    `kept_session`. `password_tries` counts requests to change it, but for those that AWS has refused, until it is
    changed; `password_changes` those that changed it.
    """

    identity_id: str
    address: str
    sub: str | None = None
    proven: bool = False
    taken_over: bool = False
    home_account: str | None = None
    blocked: bool = False
    first_name: str = ""
    last_name: str = ""
    locale: Locale = "en"
    terms_version: str | None = None
    terms_accepted_at: Moment | None = None
    security_question: str | None = None
    security_answer: str | None = None
    accounts: frozenset[str] = frozenset()
    profile: Profile | None = None  # Until it is saved for the first time.
    created_at: Moment | None = None
    complained_at: Moment | None = None  # About our mail: none goes there any more.
    sign_in_lock: IdentityLock | None = None
    sessions_since: Moment | None = None
    kept_session: str | None = None
    password_tries: DailyCount | None = None
    password_changes: DailyCount | None = None
    certification: Certification | None = None

    def works_in(self, account_id: str) -> bool:
        """Return whether this identity may join that account (rule 15)."""
        return self.proven or self.home_account == account_id


def identity_exists(identity: Identity | None, *, mailed: bool) -> bool | None:
    """Return the `identity_exists` of `preview`; None for a copied link.

    An unproven identity gives way to a mailed link, unless it is blocked.
    """
    if not mailed:
        return None
    return identity is not None and (identity.proven or identity.blocked)


def require_security_answer(question: str | None, answer: str | None, *, asked: bool) -> tuple[str, str] | None:
    """Return question and answer; raises InvalidRequest unless both are given, or where it is off both are left out."""
    given = {"security_question": question, "security_answer": answer}
    if asked:
        wrong = [(field, "This field is required.") for field, value in given.items() if value is None]
    else:
        wrong = [(field, "No security question is asked here.") for field, value in given.items() if value is not None]
    if wrong:
        raise errors.InvalidRequest(wrong)
    return None if question is None or answer is None else (question, answer)


def require_terms(given: str | None, *, current: str) -> None:
    """Raises InvalidRequest unless the terms that are in force were agreed to."""
    if given != current:
        raise errors.InvalidRequest([("terms_version", "The terms have changed. Read and accept them again.")])


class Registration(Model):
    """What an invitee enters to create an ID; without a question where the deployment asks none."""

    first_name: str
    last_name: str
    locale: Locale
    terms_version: str
    security_question: str | None = None
    security_answer: str | None = None


def create_identity(
    registration: Registration,
    *,
    replacing: Identity,
    sub: str,
    mailed: bool,
    account_id: str,
    salt: bytes,
    now: datetime,
) -> Identity:
    """Return the identity of the person who accepts; it keeps the accounts of one that gave way.

    Who accepts by a mailed link wants our mail again; a complaint stays otherwise. A taking-over keeps the `sub`, so
    that it leaves a sign-in whatever happens before it is committed.
    """
    return Identity(
        identity_id=replacing.identity_id,
        address=replacing.address,
        sub=sub,
        proven=mailed,
        taken_over=replacing.sub == sub,
        home_account=None if mailed else account_id,
        first_name=registration.first_name,
        last_name=registration.last_name,
        locale=registration.locale,
        terms_version=registration.terms_version,
        terms_accepted_at=now,
        security_question=registration.security_question,
        security_answer=_hashed(registration.security_answer, salt) if registration.security_answer else None,
        accounts=replacing.accounts | {account_id},
        created_at=replacing.created_at or now,
        complained_at=None if mailed else replacing.complained_at,
        certification=replacing.certification,
    )


def add_account(identity: Identity, *, account_id: str, terms_version: str, mailed: bool, now: datetime) -> Identity:
    """Return the identity in one more account, under the terms that it has agreed to.

    Who joins by a mailed link wants our mail again: a complaint is lifted.
    """
    terms = {"terms_version": terms_version, "terms_accepted_at": now}
    agreed = terms if terms_version != identity.terms_version else {}
    complained_at = None if mailed else identity.complained_at
    accounts = identity.accounts | {account_id}
    return identity.model_copy(update={**agreed, "accounts": accounts, "complained_at": complained_at})


def is_answer(answer: str, identity: Identity) -> bool:
    """Return whether this is the answer to the identity's security question, however it is capitalised (rule 18)."""
    if identity.security_answer is None:
        return False
    _, salt, _ = identity.security_answer.split("$")
    return hmac.compare_digest(_hashed(answer, bytes.fromhex(salt)), identity.security_answer)


def after_password_change(
    identity: Identity,
    *,
    proven: bool,
    kept_session: str | None,
    now: datetime,
    question: tuple[str, str] | None = None,
    salt: bytes = b"",
) -> Identity:
    """Return the identity after its password was changed: every session but the kept one has ended (rule 18).

    `proven`: the mailbox was proven with it. `question`: a new security question and its answer.
    """
    asked = {"security_question": question[0], "security_answer": _hashed(question[1], salt)} if question else {}
    at_home = {} if not proven else {"proven": True, "home_account": None}
    ended = {"kept_session": kept_session, "password_tries": None, "sign_in_lock": None}
    return after_sign_out(identity, now=now).model_copy(update={**ended, **at_home, **asked})


def after_sign_out(identity: Identity, *, now: datetime) -> Identity:
    """Return the identity after all of its sessions have ended.

    Tokens tell in whole seconds when their session began, so that only sessions of the next second count again.
    """
    since = now.replace(microsecond=0) + timedelta(seconds=1)
    since = max(since, identity.sessions_since or since)
    return identity.model_copy(update={"sessions_since": since, "kept_session": None})


def _hashed(answer: str, salt: bytes) -> str:
    """Return a salted slow hash of the normalised answer; only this is ever stored (rule 18)."""
    normalised = unicodedata.normalize("NFKC", answer).strip().casefold()
    digest = hashlib.scrypt(normalised.encode(), salt=salt, n=2**14, r=8, p=1)
    return f"scrypt${salt.hex()}${digest.hex()}"
