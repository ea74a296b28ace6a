"""What must hold after each step, whatever the step was."""

from collections import Counter, defaultdict
from collections.abc import Collection

from shared.adapters.dynamodb.account_search_items import PARTITION as LIST_OF_ACCOUNTS
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, MAIL
from tests.functions.contract import require_described
from tests.invoke import Answer
from tests.proofs.invariants import assert_whole
from tests.proofs.model.command import HOST, OPERATOR, REGISTRY_COMMANDS, ROUTES, TEAM_COMMANDS, Command
from tests.proofs.model.state import Key, Row, State, changes, identity_id_of, is_open, is_same, user_id_of

_NO_VERSION = {  # Entries that change no version of a user.
    "invitation.delivery_changed",
    "invitation.link_copied",
    "identity.blocked",
    "identity.unblocked",
    "identity.recovery_sent",
    "partner.certification_withdrawn",
    "records.moved",
    "record.removed",
}
_OF_TEAMS = {"manages_teams", "member_of_teams", "teams_version"}
_UNVERSIONED = {
    "last_seen_at",
    "identity_blocked_at",
    "operation",
    "has_invitations_to_revoke",
    "due",
    "due_at",
    "access_end_told",
    "access_end_told_at",
    "has_records_waiting",
    "move_job_id",
    "last_move_job_id",
    *_OF_TEAMS,
}  # Change without a version.
_OF_AN_IMPOSTOR = {
    "first_name",
    "last_name",
    "locale",
    "phone",
    "name_key",
    "version",
    "updated_at",
    "operation",
}  # What of a user changes when their ID is taken over by way of another account.
_DONE = {"sent", "failed", "skipped", "suppressed"}
_OWN_ANSWERS = {"accept", "change_password", "copy_link"}  # A repeat gets a new session, or the link as it is now.
_WITH_LINK = {"invitation", "reminder"}
_COUNTED = {"finish_recovery": {"answers", "operation"}, "change_password": {"password_tries"}}
_DESPITE_COMPLAINT = {"recovery", "recovery_help", "password_changed"}  # A person cannot do without these.


def check_step(before: State, after: State) -> None:
    """Check the tables against each other, and what has changed in them."""
    assert_whole()
    _check_versions(before, after)
    _check_lasting(before, after)
    _check_seats(before, after)


def check_answer(command: Command, before: State, after: State, answer: Answer, *, disturbed: bool = False) -> None:
    """Check that an answer is documented, a refusal changed nothing, and a success only what it may.

    `disturbed`: an AWS call failed, so that a lock may be left, which ends with its lease.
    """
    require_described(ROUTES[command.name], answer)
    if answer.status >= 400:
        left = {"sign_in_lock"} if disturbed else set()
        changed = {
            key: each for key, each in changes(before, after).items() if not _counts_try(command, *each, left=left)
        }
        assert not changed, f"a refusal changed {changed}"
        assert before.passwords == after.passwords, "a refusal changed a sign-in"
        return
    assert not command.invalid, "an invalid request was accepted"
    if command.name == "sign_out" and (command.by or "").endswith(" ended"):
        assert is_same(before, after), "a session that has ended ended others"
        return
    _check_caller(command, before)
    _check_link(command, before, after)
    _check_own(command, before, after)


def _counts_try(command: Command, was: Row | None, becomes: Row | None, *, left: Collection[str]) -> bool:
    """Return whether a refusal has only counted a wrong answer or password (rule 18), but for what is `left`."""
    counted = _COUNTED.get(command.name)
    return counted is not None and _different(was or {}, becomes or {}) <= counted.union(left)


def check_repeat(command: Command, before: State, after: State, *, first: str, answer: Answer) -> None:
    """Check that a repeat under the same Idempotency-Key had no effect and got the same answer, if any."""
    require_described(ROUTES[command.name], answer)
    assert is_same(before, after), f"a repeat changed {changes(before, after)}"
    is_own = command.name in _OWN_ANSWERS
    assert answer.code or is_own or answer.text == first, "a repeat got another answer"


def check_mails(before: State, after: State, sent: Counter[str], *, given: set[str], disturbed: bool) -> None:
    """Check a run of the sender: what went out was waiting and true, and is noted as sent."""
    mails = {row["pk"]: row for row in before.mails}
    assert set(sent) <= given, "a mail went out that nobody asked for"
    for mail_id, times in sent.items():
        mail = mails[mail_id]
        assert times == 1, f"a mail went out {times} times"
        assert mail["state"] not in _DONE, f"a mail that was {mail['state']} went out"
        assert mail["kind"] not in _WITH_LINK or _is_live(mail, before), "a dead link went out"
        is_wanted = mail["kind"] in _DESPITE_COMPLAINT or not _has_complained(mail, before)
        assert is_wanted, "a mail went to someone who complained"
    for mail in after.mails:
        was = mails[mail["pk"]]["state"]
        assert was not in _DONE or mail["state"] == was, f"a mail that was {was} became {mail['state']}"
        if mail["state"] == "sent" and was != "sent":
            assert sent[mail["pk"]] == 1, "a mail is noted as sent that did not go out"
        if not disturbed:
            assert mail["state"] == "sent" or not sent[mail["pk"]], "a mail went out and is not noted as sent"
            is_done = mail["pk"] not in given or was != "queued" or mail["state"] in _DONE
            assert is_done or _is_paused(mail, before), "a mail was left waiting"


def _is_live(mail: Row, state: State) -> bool:
    """Return whether the link of a mail is the newest of its user, and its time has not come."""
    user = next(one for one in state.users.values() if one["user_id"] == mail["user_id"])
    return is_open(user, state.now) and bool(user["invitation"]["generation"] == mail["generation"])


def _is_paused(mail: Row, state: State) -> bool:
    """Return whether the mail has a live link whose inviter is blocked, here or everywhere, but not gone (rule 1)."""
    if mail["kind"] not in _WITH_LINK or not _is_live(mail, state):
        return False
    invited = next(user for user in state.users.values() if user["user_id"] == mail["user_id"])
    inviter_id = invited["invitation"]["invited_by"]
    inviters = [user for user in state.users.values() if user["user_id"] == inviter_id]
    return any(user["status"] == "blocked" or "identity_blocked_at" in user for user in inviters)


def check_offered(code: str | None, before: State, after: State, *, offered: bool) -> None:
    """Check one of `allowed_actions`: an offered action is not refused for state or rights; any other does nothing."""
    is_refused = code in {"wrong_state", "not_allowed", "cannot_act_on_self"}
    if offered:
        assert not is_refused, f"an offered action is refused: {code}"
    else:
        assert is_refused or before.users == after.users, f"an action that is not offered has an effect: {code}"


def _check_versions(before: State, after: State) -> None:
    """Check that each change of a user raised the version by one and wrote one entry, and no other entry is there."""
    entries = defaultdict[str | None, list[Row]](list)
    for (table, _, _), (_, entry) in changes(before, after).items():
        if table == JOURNAL.name and entry:
            entries[entry.get("user_id")].append(entry)
    entries.pop(None, None)
    for target, user in after.users.items():
        was, found = before.users.get(target), entries.pop(user["user_id"], [])
        versions = [entry for entry in found if entry["type"] not in _NO_VERSION]
        raised = user["version"] - (was["version"] if was else 0)
        assert raised == len(versions) <= _most_versions(versions), (
            f"{target}: {raised} versions, entries {[one['type'] for one in found]}"
        )
        if was and not raised:
            assert _versioned(was) == _versioned(user), f"{target} changed without a version"
    assert not entries, "an entry names a user who is not there"


def _most_versions(entries: list[Row]) -> int:
    """Return 1; 2 for a reactivation that also writes the end of access that the clock had brought (rule 37)."""
    return 2 if [entry["type"] for entry in entries[-2:]] == ["user.deactivated", "user.reactivated"] else 1


def _versioned(user: Row) -> Row:
    invitation = {name: value for name, value in user["invitation"].items() if name not in {"delivery", "copies"}}
    return {name: value for name, value in user.items() if name not in _UNVERSIONED} | {"invitation": invitation}


def _check_lasting(before: State, after: State) -> None:
    """Check that nothing vanished, and that entries stay as they were written."""
    for (table, _, name), (was, becomes) in changes(before, after).items():
        assert becomes is not None or name == "withdrawal", f"gone: {was}"
        assert was is None or table != JOURNAL.name, "an entry was changed"
    for target, user in before.users.items():
        now = after.users[target]["invitation"]["generation"]
        assert user["invitation"]["generation"] <= now <= user["invitation"]["generation"] + 1, "a generation was lost"


def _check_seats(before: State, after: State) -> None:
    """Check that no step took a seat that was not free (rule 26)."""
    for account_id, account in after.accounts.items():
        taken = account["seats_used"] - before.accounts.get(account_id, {"seats_used": 0})["seats_used"]
        assert taken <= 0 or account["seats_available"] >= 0, f"{account_id} gave a seat away that was not free"


def _check_caller(command: Command, before: State) -> None:
    """Check that the caller is an active user of the account, an operator, or holds a link."""
    if command.by is None or command.by in {OPERATOR, HOST}:
        assert command.link or command.by or command.recovery or command.name == "start_recovery", "anyone may do this"
        return
    assert not before.identities.get(command.by, {}).get("blocked"), "someone acted whose ID is blocked"
    assert " " not in command.by, "a token that is not valid was accepted"
    if command.account:
        assert before.is_active(command.account, command.by), "someone acted who is no active user of the account"


def _check_link(command: Command, before: State, after: State) -> None:
    """Check that the link was genuine and the newest, and that it has an effect only while the invitation is open."""
    assert "~" not in (command.link or command.recovery or ""), "a forged link was accepted"
    if command.recovery:
        address, version = command.recovery.split("/")
        recovery = before.recovery(address) or {}
        assert recovery.get("version") == int(version), "a replaced link was accepted"
        assert not recovery.get("finished"), "a used link was accepted"
        assert not before.identities[address].get("blocked"), "a link worked for an ID that is blocked"
    if not command.link or not command.target:
        return
    user = before.users[command.target]
    assert command.generation == user["invitation"]["generation"], "a replaced link was accepted"
    is_effective = command.name == "preview" or user["status"] != after.users[command.target]["status"]
    assert not is_effective or is_open(user, before.now), "a link worked that is not open"
    is_entitled = user["kind"] != "partner" or before.is_certified(user["email"])
    assert not is_effective or is_entitled or command.name == "decline", "a link worked for an uncertified partner"


def _check_own(command: Command, before: State, after: State) -> None:
    """Check that all that changed is of the account and the people that the command names."""
    addresses = {command.target[1] if command.target else None, command.by, command.person, *command.people}
    account_id = command.account_id
    user_ids = {user_id_of(account_id, address) for address in addresses if account_id and address}
    for (table, pk, sk), (was, becomes) in changes(before, after).items():
        row = becomes or was or {}
        if table == IDENTITIES.name:
            assert row["address"] in addresses, f"the identity of {row['address']} was touched"
        elif table == DIRECTORY.name and pk.startswith("idempotency#"):
            continue
        elif command.person:
            assert _is_of_person((table, pk, sk), row, command), f"another person's {row} was touched"
        elif table == MAIL.name:
            assert row["account_id"] == account_id, "a mail of another account"
            assert row.get("user_id") in {None, *user_ids}, "a mail about another user"
        elif pk == LIST_OF_ACCOUNTS:
            assert command.by == OPERATOR, "the list of all accounts was touched"
        elif _is_at_home(pk, row, command, before):
            assert table == JOURNAL.name or _different(was or {}, becomes or {}) <= _OF_AN_IMPOSTOR
        else:
            assert pk == account_id, f"account {pk} was touched"
            is_theirs = row.get("user_id") in {None, *user_ids}
            is_theirs = is_theirs or (command.name in TEAM_COMMANDS and _differs_in_teams(was or {}, becomes or {}))
            assert is_theirs, f"{row.get('email')} was touched"
    changed = {address for address, kept in after.passwords.items() if before.passwords.get(address) != kept}
    assert changed <= addresses, f"the sign-ins of {changed} were touched"


def _is_of_person(key: Key, row: Row, command: Command) -> bool:
    """Return whether an item is the person's own, or is about their user in one of their accounts."""
    table, pk, sk = key
    assert command.person
    identity_id = identity_id_of(command.person)
    if table == MAIL.name:
        return bool(row["identity_id"] == identity_id)
    if sk == "withdrawal":
        return command.name in REGISTRY_COMMANDS and bool(row["partner_id"] == identity_id)
    return pk == f"recovery#{identity_id}" or row.get("user_id") == user_id_of(pk, command.person)


def _is_at_home(pk: str, row: Row, command: Command, before: State) -> bool:
    """Return whether an item of another account is about the user whom an unproven ID has there (rule 15)."""
    if command.name != "accept" or command.target is None or pk == command.account_id:
        return False
    address = command.target[1]
    is_home = before.identities.get(address, {}).get("home_account") == pk
    return bool(is_home and row.get("user_id") == user_id_of(pk, address))


def _differs_in_teams(was: Row, becomes: Row) -> bool:
    """Return whether a user is in other teams, and nothing else of them has changed."""
    return _different(was, becomes) <= {"operation", *_OF_TEAMS}


def _different(was: Row, becomes: Row) -> set[str]:
    """Return the names of the attributes that are not the same."""
    return {name for name in was.keys() | becomes.keys() if was.get(name) != becomes.get(name)}


def _has_complained(mail: Row, state: State) -> bool:
    addresses = [one["email"] for one in state.users.values() if one["user_id"] == mail.get("to_user")]
    to = addresses[0] if addresses else mail.get("to_address", "")
    return "complained_at" in state.identities.get(to, {})
