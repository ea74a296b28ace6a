"""What to try next on an account: its groups, teams, seats and settings."""

from typing import Any

from hypothesis import strategies as st

from tests.proofs.model.command import HOST, OPERATOR, Command
from tests.proofs.model.draws import ACCOUNTS, ODD_ACCOUNTS, PEOPLE, Draw, an_actor, callers, state_of, usually
from tests.proofs.model.state import Row

GROUP_NAMES = ("Sales", "Support", "Everyone", "Administrators", "Marketing")
RECORDS = ("task/t-1", "task/t-2", "task/t-3", "contact/c-1", "contact/c-2", "note/n-1", "opportunity/o-1")
TEAM_NAMES = ("Field", "Coast")
GROUP_CHANGES: list[dict[str, Any]] = [
    *({"permissions": given} for given in ([], ["contacts.view"], ["users.invite"], ["users.invite", "contacts.view"])),
    *({"description": "Field"}, {"name": "Sales"}, {"permissions": ["contacts.export", "groups.edit"]}),
]


def on_group(draw: Draw, name: str) -> Command:
    """Draw a new group, a change of one, or its end."""
    account = str(usually(draw, list(state_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    group = draw(st.sampled_from([*["Sales", "Support"] * 3, *GROUP_NAMES]))
    by = an_actor(draw, account)
    if name == "create_group":
        body = {"name": group} | draw(st.sampled_from(GROUP_CHANGES[:4]))
        return Command(name, by=by, account=account, body=body)
    body = draw(st.sampled_from(GROUP_CHANGES)) if name == "edit_group" else {}
    return Command(name, by=by, account=account, group=group, body=body)


def on_team(draw: Draw, name: str) -> Command:
    """Draw a new team of people of the account, a change of its people or its name, or its end."""
    account = str(usually(draw, list(state_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    by, team = an_actor(draw, account), draw(st.sampled_from(TEAM_NAMES))
    if name == "delete_team":
        return Command(name, by=by, account=account, team=team)
    present = [email for (owner, email), user in state_of(draw).users.items() if owner == account and _may_join(user)]
    side = st.lists(st.sampled_from(present or PEOPLE), max_size=2, unique=True)
    managers, users = draw(side), [*draw(side), *usually(draw, [()], [("rob@example.org",)], often=14)]
    body = {"managers": [f"&{one}" for one in managers], "users": [f"&{one}" for one in users if one not in managers]}
    if name == "create_team":
        return Command(name, by=by, account=account, body={"name": team} | body)
    body = draw(st.sampled_from([body, body, {"users": [f"&{one}" for one in users]}, {"name": team}]))
    return Command(name, by=by, account=account, team=team, body=body)


def _may_join(user: Row) -> bool:
    return user["status"] in {"invited", "active"}


def on_seats(draw: Draw, name: str) -> Command:
    """Draw absolute numbers near to what is in use, a request for seats, or a decision on one."""
    account = str(usually(draw, list(state_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    staff = usually(draw, [OPERATOR], callers(), often=15)
    if name == "set_seats":
        used = state_of(draw).accounts.get(account, {}).get("seats_used", 0)
        purchased = draw(st.sampled_from([used, used + 1, used + 1, used + 2, max(0, used - 1), 8, None]))
        body = {"purchased": purchased, "granted": draw(st.sampled_from([0, 0, 1]))}
        return Command(name, by=staff, account=account, body=body)
    if name == "request_seats":
        kind = draw(st.sampled_from(["purchase", "complimentary", "complimentary", "return"]))
        body = {"kind": kind, "quantity": usually(draw, [1, 2], [51], often=15)}
        return Command(name, by=an_actor(draw, account), account=account, body=body)
    return Command(name, by=staff, account=account, seat_request=draw(st.integers(0, 2)))


def on_record(draw: Draw, name: str) -> Command:
    """Draw a record that is stored, mostly for someone who is here, or what someone owns, handed over."""
    account = str(usually(draw, list(state_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    people = {email: user for (owner, email), user in state_of(draw).users.items() if owner == account}
    one, another = (draw(st.sampled_from(sorted(people) or PEOPLE)) for _ in range(2))
    if name == "reassign":
        owned = {row.get("owner_id") for row in state_of(draw).items.values()}
        owners = [email for email, user in people.items() if user["user_id"] in owned]
        one = usually(draw, owners, [one], often=14)
        active = [user["email"] for user in state_of(draw).active(account)]
        other = usually(draw, active, [another, "nobody@example.org"], often=14)
        body = {"from": f"&{one}", "to": f"&{other}"} | draw(st.sampled_from([{}, {}, {"types": ["contact"]}]))
        return Command(name, by=an_actor(draw, account), account=account, body=body)
    record = draw(st.sampled_from(RECORDS))
    status = draw(st.sampled_from(["pending", "completed"])) if record.startswith("task") else None
    body = {"owner_id": f"&{usually(draw, [one], ['nobody@example.org'], often=15)}", "status": status, "title": "A"}
    by = usually(draw, [HOST], [an_actor(draw, account), *callers()], often=14)
    return Command(name, by=by, account=account, record=record, body=body)


def settings_change(draw: Draw, name: str) -> Command:
    """Draw a change of settings; a limit is mostly near to what was sent already."""
    account = str(usually(draw, list(state_of(draw).accounts), (*ACCOUNTS, *ODD_ACCOUNTS), often=15))
    sent = state_of(draw).accounts.get(account, {}).get("mails_sent", 0)
    limit = {"daily_mail_limit": draw(st.sampled_from([sent, sent, sent + 1, max(0, sent - 1), 1_000, 1_000]))}
    simple = {"invite_profile": "simple", "allow_link_copy": False, "default_group": "everyone"}
    full = {"invite_profile": "full", "allow_link_copy": True, "default_group": None}
    invalid = [{"default_group": "administrators"}, {"default_group": "no-such-group"}]
    given = [{"global_permissions": each} for each in ([], ["contacts.export"])]
    others = [
        simple,
        full,
        {"default_group": "@Sales"},
        *given,
        *invalid,
        {"help_url": "https://help.example.org/", "allow_link_copy": True},
    ]
    body = draw(st.sampled_from([*[limit] * 8, *others]))
    return Command(name, by=an_actor(draw, account), account=account, body=body)


def leaving(draw: Draw, name: str) -> Command:
    """Draw a partner who leaves an account, mostly."""
    users = [key for key, user in state_of(draw).users.items() if user["status"] == "active"]
    partners = [key for key in users if state_of(draw).users[key]["kind"] == "partner"]
    account, address = draw(st.sampled_from(partners * 4 + users or [("ab123", "lee@example.org")]))
    return Command(name, by=address, account=account)
