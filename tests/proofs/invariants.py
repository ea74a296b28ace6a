"""What holds at every moment, recounted from the tables alone."""

from collections import Counter, defaultdict

from shared.clock import utc_now
from shared.domain.model.groups import Groups
from shared.domain.model.users import Status, User, status_at
from shared.domain.model.values import iso
from shared.domain.policy.authorization import has_orphaned
from shared.storage_schema import DIRECTORY, IDENTITIES, JOURNAL, RECORDS
from tests.proofs.journal_invariants import assert_journaled
from tests.proofs.mail_invariants import assert_mails, assert_mails_counted
from tests.proofs.snapshots import Row, rows, sign_ins

SEATED = {"invited", "active", "blocked"}
_CERTIFICATION = {"pk", "identity_id", "address", "certification"}  # Of a partner who has no ID yet.
_COMPLAINT = {"pk", "identity_id", "address", "complained_at"}  # All that is known of a complainer without an ID.


def assert_whole() -> None:
    """Nothing is half done, done twice or lost: the tables agree with each other."""
    directory, journal = list(rows(DIRECTORY)), list(rows(JOURNAL))
    users = [row for row in directory if row["sk"].startswith("user#")]
    for account in (row for row in directory if row["sk"] == "account"):
        account_id = account["account_id"]
        theirs = [user for user in users if user["account_id"] == account_id]
        _assert_counters(account, theirs)
        [groups] = [row for row in directory if (row["pk"], row["sk"]) == (account_id, "groups")]
        assert groups["version"] == account["groups_version"], "the account knows other groups"
        held = {group for user in theirs if user["status"] in SEATED for group in user["groups"]}
        assert held <= set(groups["groups"]), "someone is in a group that does not exist"
        assert_mails_counted(account)
        opened = [entry for entry in journal if entry["pk"] == account_id and entry["type"] == "account.created"]
        assert len(opened) == 1, f"{account_id} was opened {len(opened)} times"
    by_user = defaultdict(list)
    for entry in sorted(journal, key=lambda row: str(row["entry_id"])):
        if entry.get("user_id"):
            by_user[entry["account_id"], entry["user_id"]].append(entry)
    for user in users:
        assert_journaled(user, by_user.pop((user["account_id"], user["user_id"]), []))
    assert not by_user, "the journal names users who are not there"
    _assert_no_orphans()
    _assert_teams(directory, users)
    _assert_records(directory, users)
    assert_mails(journal)
    _assert_identities(users)


def assert_at_rest() -> None:
    """Whole, and nothing is going on any more: no lock is left over, and every ID can sign in."""
    assert_whole()
    known = sign_ins()
    for identity in rows(IDENTITIES):
        if "erased_at" in identity or set(identity) in (_COMPLAINT, _CERTIFICATION):
            continue
        assert "sign_in_lock" not in identity, "a lock was left over"
        assert known.get(identity["address"]) == identity["sub"], "an identity names another sign-in than Cognito has"


def _assert_counters(account: Row, users: list[Row]) -> None:
    seats = sum(user["holds_seat"] for user in users)
    assert seats == sum(user["status"] in SEATED and user["kind"] == "user" for user in users), (
        "a seat is held by the wrong user"
    )
    assert account["seats_used"] == seats, f"{account['seats_used']} seats counted, {seats} held"
    if "seats_purchased" in account:
        limit = account["seats_purchased"] + account["seats_granted"]
        assert account["seats_available"] == limit - seats, "available seats are not the rest"
        was_cut = any(entry["type"] == "seats.set" for entry in rows(JOURNAL))
        assert account["seats_available"] >= 0 or was_cut, "more seats are held than there are"
    recount = Counter(user["status"] for user in users if "erased_at" not in user)
    assert account["counts"] == {status.value: recount[status.value] for status in Status}, "counts are wrong"
    lasting = [user for user in users if "access_until" not in user and user["kind"] == "user"]
    admins = sum(user["admin"] and user["status"] == "active" for user in lasting)
    assert account["admins"] == admins, f"{account['admins']} lasting administrators counted, {admins} there"
    members = Counter(group for user in users if user["status"] in SEATED for group in user["groups"])
    known = {group: number for group, number in account.get("group_users", {}).items() if number}
    assert known == members, f"groups count {known}, not {dict(members)}"
    listed = {user["user_id"] for user in users if user["admin"] and user["status"] == "active"}
    assert set(account.get("administrators", {})) == listed, "the account lists other administrators"
    assert admins or not any(user["admin"] and "joined_at" in user for user in users), "no administrator is left"


def orphaned() -> list[tuple[User, User]]:
    """Return inviter and invited user of each pending invitation that its inviter may not send any more.

    Left out are accounts whose groups say themselves that the job is still to look for these.
    """
    directory, moment = list(rows(DIRECTORY)), utc_now()
    now = iso(moment)
    groups = {row["pk"]: Groups.model_validate(row) for row in directory if row["sk"] == "groups"}
    users = {
        (row["pk"], row["user_id"]): User.model_validate(row) for row in directory if row["sk"].startswith("user#")
    }
    pending = [
        user for user in users.values() if user.status is Status.INVITED and iso(user.invitation.expires_at) > now
    ]
    pairs = [(users.get((user.account_id, user.invitation.invited_by)), user) for user in pending]
    return [
        (inviter, user)
        for inviter, user in pairs
        if inviter
        and groups[user.account_id].rights_changed_at is None
        and status_at(inviter, moment) is inviter.status  # Else the sweep is still to write that their access ended.
        and has_orphaned(inviter, invited=user, groups=groups[user.account_id], now=moment)
    ]


def _assert_no_orphans() -> None:
    """An inviter whose invitations have been revoked has none pending that they may not send, but for expired ones."""
    done = [user.email for inviter, user in orphaned() if not inviter.has_invitations_to_revoke]
    assert not done, f"invitations outlive their inviter's rights: {done}"


def _assert_teams(directory: list[Row], users: list[Row]) -> None:
    """A team's item and its people agree, a user who has left is in none, and the account counts its teams."""
    teams = [row for row in directory if row["sk"].startswith("team#")]
    told = {
        (team["pk"], team["team_id"], side, user_id)
        for team in teams
        for side in ("managers", "users")
        for user_id in team.get(side, ())
    }
    known = {
        (user["pk"], team_id, side, user["user_id"])
        for user in users
        for side, name in (("managers", "manages_teams"), ("users", "member_of_teams"))
        for team_id in user[name]
    }
    assert told == known, f"teams and their people differ: {told ^ known}"
    gone = {user["user_id"] for user in users if user["status"] in {"declined", "inactive", "removed"}}
    assert not gone & {user_id for *_, user_id in known}, "someone who has left is still in a team"
    for account in (row for row in directory if row["sk"] == "account"):
        alive = [team for team in teams if team["pk"] == account["pk"] and "deleted_at" not in team]
        assert account["teams"] == len(alive), f"{account['teams']} teams counted, {len(alive)} there"


def _assert_records(directory: list[Row], users: list[Row]) -> None:
    """Owners count what they own; what is to move belongs to someone with access, or waits, or a job moves it."""
    stored = list(rows(RECORDS))
    records = [row for row in stored if row["sk"].startswith("record#") and "owner_id" in row]
    owned = Counter((row["pk"], row["owner_id"], f"{row['on_leave']}#{row['type']}") for row in records)
    counted = {
        (row["pk"], row["sk"].removeprefix("owner#"), name): number
        for row in stored
        if row["sk"].startswith("owner#")
        for name, number in row.items()
        if "#" in name and number
    }
    assert counted == owned, f"owners count {counted}, and own {dict(owned)}"
    owners = {(user["pk"], user["user_id"]): user for user in users}
    under_way = {row["job_id"] for row in directory if row["sk"].startswith("job#") and row["state"] != "done"}
    for record in records:
        owner = owners[record["pk"], record["owner_id"]]
        is_kept = owner["status"] in {"active", "blocked"} or record["on_leave"] != "move"
        waits = owner.get("has_records_waiting") or owner.get("move_job_id") in under_way
        assert is_kept or waits, f"{record['sk']} is left with someone who is {owner['status']}"


def _assert_identities(users: list[Row]) -> None:
    """Every joined user has an ID that lists the account; that of an active user, or proven, has its sign-in."""
    identities, known = {row["address"]: row for row in rows(IDENTITIES) if "erased_at" not in row}, sign_ins()
    pending = {row["erased_identity_id"] for row in rows(DIRECTORY) if row["sk"] == "erasure"}
    for user in users:
        if "joined_at" not in user or "erased_at" in user or user["identity_id"] in pending:
            continue
        identity = identities.get(user["email"], {})
        assert "sub" in identity, "a user has joined without an ID"
        if user["status"] == "active":
            assert known.get(user["email"]) == identity["sub"], "an active user is locked out"
        assert user["account_id"] in identity["accounts"], "an ID does not know where it is"
    for identity in identities.values():
        if identity.get("proven"):
            assert known.get(identity["address"]) == identity["sub"], "the owner of a proven mailbox is locked out"
