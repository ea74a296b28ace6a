"""Whether the tables say what the model says: everything in them that a rule speaks of, item by item."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests.proofs.model.doors import Doors
from tests.proofs.model.rules import Model
from tests.proofs.model.values import SEATED, SETTINGS, Account, Identity, Mail, User, iso
from tests.proofs.snapshots import password_of, rows

Picture = dict[Any, Any]


def differences(model: Model, doors: Doors) -> list[str]:
    """What is not so, one line each; nothing if they agree."""
    doors.learn()
    expected, found = _expected(model), _found(doors, now=model.now)
    return [
        f"{name}: the tables have {found.get(name)}, the model has {expected.get(name)}"
        for name in {**expected, **found}
        if found.get(name) != expected.get(name)
    ]


def _expected(model: Model) -> Picture:
    picture: Picture = {}
    for account in model.accounts.values():
        picture["account", account.account_id] = _account(account)
        picture["groups", account.account_id] = sorted(account.groups)
        picture["journal", account.account_id] = sorted(
            (iso(entry.at), entry.type, entry.actor, entry.about or "") for entry in account.journal
        )
        for user in account.users.values():
            picture["user", account.account_id, user.address] = _user(user)
    for address, identity in model.identities.items():
        picture["identity", address] = _identity(identity)
    picture["memories"] = sorted(
        int(each.until.timestamp()) for each in model.memories.values() if each.until > model.now
    )
    return picture | {("mail", *_name(mail)): (mail.state, mail.attempts, iso(mail.due_at)) for mail in model.mails}


def _found(doors: Doors, *, now: datetime) -> Picture:
    picture: Picture = {}
    kept = [row["forget_at"] for row in rows(DIRECTORY) if row["sk"] == "idempotency"]
    picture["memories"] = sorted(until for until in kept if until > now.timestamp())
    for row in rows(DIRECTORY):
        if row["sk"] == "account":
            admins, used = row["admins"], row["seats_used"]
            settings = {name: row["settings"].get(name) for name in SETTINGS}
            posted = (row.get("mails_on"), row["mails_sent"])
            counted = (row["seats_limit"], used, admins, row["counts"])
            picture["account", row["account_id"]] = (*counted, *posted, settings, row["settings_version"])
            picture.setdefault(("journal", row["account_id"]), [])
        elif row["sk"] == "groups":
            picture["groups", row["account_id"]] = sorted(row["groups"])
        elif row["sk"].startswith("user#"):
            picture["user", row["account_id"], row["email"]] = _user_row(row, doors)
    for row in rows(JOURNAL):
        line = (row["at"], row["type"], doors.person(row["actor"]), doors.person(row.get("user_id")))
        picture.setdefault(("journal", row["pk"]), []).append(line)
    for name in picture:
        if name[0] == "journal":
            picture[name].sort()
    for row in rows(IDENTITIES):
        picture["identity", row["address"]] = _identity_row(row, doors)
    for row in rows(MAIL):
        picture["mail", *_row_name(row, doors)] = (row["state"], row["attempts"], row.get("due_at"))
    return picture


def _account(account: Account) -> Any:
    counted = (account.limit, account.used, account.admins, account.counts)
    return (*counted, account.mails_on, account.mails_sent, account.settings, account.settings_version)


def _user(user: User) -> dict[str, Any]:
    return {
        "status": user.status,
        "holds_seat": user.status in SEATED,
        "person": (user.first_name, user.last_name, user.phone, user.locale),
        "rights": (user.admin, list(user.groups), list(user.allow), list(user.deny)),
        "link": (user.generation, iso(user.sent_at), iso(user.expires_at), user.sent_count, user.delivery),
        "asked": (user.resent_that_day, user.reminded, iso(user.new_link_requested_at)),
        "invited_by": user.invited_by,
        "has_invitations_to_revoke": user.has_invitations_to_revoke,
        "since": (iso(user.created_at), iso(user.updated_at), iso(user.joined_at), iso(user.last_seen_at)),
        "version": user.version,
    }


def _user_row(row: dict[str, Any], doors: Doors) -> dict[str, Any]:
    link = row["invitation"]
    return {
        "status": row["status"],
        "holds_seat": row["holds_seat"],
        "person": (row["first_name"], row["last_name"], row.get("phone"), row["locale"]),
        "rights": (row["admin"], row["groups"], row["allow"], row["deny"]),
        "link": (link["generation"], link["sent_at"], link["expires_at"], link["sent_count"], link["delivery"]),
        "asked": (link["resent_that_day"], link["reminded"], link.get("new_link_requested_at")),
        "invited_by": doors.person(link["invited_by"]),
        "has_invitations_to_revoke": row["has_invitations_to_revoke"],
        "since": (row["created_at"], row["updated_at"], row.get("joined_at"), row.get("last_seen_at")),
        "version": row["version"],
    }


def _identity(identity: Identity) -> Any:
    if not identity.made:
        return None, iso(identity.claimed_until), identity.complained
    made = (identity.made, identity.password, identity.proven, identity.home, sorted(identity.accounts))
    return (*made, identity.first_name, identity.last_name), iso(identity.claimed_until), identity.complained


def _identity_row(row: dict[str, Any], doors: Doors) -> Any:
    address, claim = row["address"], row.get("claim", {}).get("until")
    if "sub" not in row:
        return None, claim, "complained_at" in row
    made = 1 + doors.subs[address].index(row["sub"])
    accounts = sorted(row.get("accounts", []))
    known = (made, password_of(address), row["proven"], row.get("home_account"), accounts)
    return (*known, row["first_name"], row["last_name"]), claim, "complained_at" in row


def _name(mail: Mail) -> Iterable[Any]:
    return mail.kind, mail.account, mail.about, mail.generation, mail.to, iso(mail.queued_at)


def _row_name(row: dict[str, Any], doors: Doors) -> Iterable[Any]:
    to = doors.person(row["to_user"]) if row.get("to_user") else row["to_address"]
    return row["kind"], row["account_id"], doors.person(row["user_id"]), row["generation"], to, row["queued_at"]
