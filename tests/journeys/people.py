"""Accounts and users with unique names, made through the product's own API."""

import random
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.domain.model.values import iso
from tests.factories import PASSWORD, acceptance, invitation, new_account
from tests.invoke import Answer
from tests.journeys.api import ApiClient
from tests.journeys.awaiting import awaited
from tests.journeys.emulator import Emulator
from tests.journeys.stack import LocalStack

ANOTHER_PASSWORD = "Different88"
_SECONDS_OF_A_TOKEN = 600  # Less than the user pool gives it.

_chance = random.SystemRandom()  # the order of the tests is seeded; names must differ all the same


@dataclass(frozen=True)
class Member:
    """An active user who is signed in."""

    account_id: str
    user_id: str
    address: str
    password: str
    token: str
    refresh_token: str = ""

    def path(self, rest: str = "") -> str:
        """Of their account."""
        return f"/v1/accounts/{self.account_id}{rest}"


def an_address(name: str = "lee") -> str:
    """An address that was never used before."""
    return f"{name}-{_chance.randrange(36**6):08x}@example.org"


class People:
    """Makes accounts and users."""

    def __init__(self, stack: LocalStack, api: ApiClient, emulator: Emulator) -> None:
        self._stack, self.api, self._emulator = stack, api, emulator
        self._operator, self._operator_until = "", 0.0
        self._unlisted: dict[str, tuple[Member, set[str]]] = {}

    @property
    def pool_id(self) -> str:
        return str(self._stack.told["user_pool_id"])

    def signed_in_again(self, member: Member) -> Member:
        """The member with a new token: each works for 15 minutes, and all journeys take longer."""
        return replace(member, token=self.api.sign_in(member.address, member.password)["AccessToken"])

    def operator_token(self) -> str:
        """Return an access token of the operator who comes with the stack, which has some minutes left."""
        if not self._operator or time.monotonic() > self._operator_until:
            operator = self._stack.told["operator"]
            self._operator = self.api.sign_in(operator["email"], operator["password"])["AccessToken"]
            self._operator_until = time.monotonic() + _SECONDS_OF_A_TOKEN
        return self._operator

    def an_account(self, *, seats: int = 10, name: str = "") -> Member:
        """A new account, by its first administrator."""
        account_id, address = f"jt{_chance.randrange(10**8):08d}", an_address("ann")
        body = new_account(account_id, seats=seats, admin=address, name=name or f"Company {account_id}")
        opened = self.api.post("/v1/operator/accounts", body, token=self.operator_token())
        assert opened.status == 201, opened.text
        return self.joined(opened.body["user"], first_name="Ann", last_name="Admin")

    def invited(self, by: Member, address: str = "", **fields: Any) -> dict[str, Any]:
        """A user who has been invited."""
        answer = self.try_invite(by, address or an_address(), **fields)
        assert answer.status == 201, answer.text
        user: dict[str, Any] = answer.body
        self._unlisted.setdefault(by.account_id, (by, set()))[1].add(user["user_id"])
        return user

    def try_invite(self, by: Member, address: str, **fields: Any) -> Answer:
        body = invitation(address, **fields)
        if body.get("admin") and "groups" not in fields:
            del body["groups"]
        return self.api.post(by.path("/users"), body, token=by.token)

    def joined(
        self, user: dict[str, Any], *, token: str | None = None, has_profile: bool = True, **fields: Any
    ) -> Member:
        """The invited person, who has accepted with a new ID; their link need not have arrived yet.

        They have saved a profile, unless it is to be asked for when they sign in.
        """
        token = token or self._emulator.sign(user)
        answer = self.accept(token, **fields)
        assert answer.status == 200, answer.text
        session = answer.body["session"]
        if has_profile:
            profile = {"signature": "Kind regards"}
            saved = self.api.request("PATCH", "/v1/me/profile", profile, token=session["access_token"])
            assert saved.status == 200, saved.text
        password = fields.get("password", PASSWORD)
        return Member(
            user["account_id"],
            user["user_id"],
            user["email"],
            password,
            session["access_token"],
            session["refresh_token"],
        )

    def a_user(self, by: Member, address: str = "", **fields: Any) -> Member:
        """Someone who was invited and has joined."""
        names = {name: fields[name] for name in ("first_name", "last_name") if name in fields}
        return self.joined(self.invited(by, address, **fields), **names)

    def accept(self, token: str, **fields: Any) -> Answer:
        terms = {"terms_version": self._stack.environment["TERMS_VERSION"]}
        return self.api.post("/v1/invitations/accept", acceptance(token, **(terms | fields)))

    def join(self, token: str, *, signed_in: str) -> Answer:
        body = {"token": token, "terms_version": self._stack.environment["TERMS_VERSION"]}
        return self.api.post("/v1/invitations/join", body, token=signed_in)

    def decline(self, token: str) -> Answer:
        return self.api.post("/v1/invitations/decline", {"token": token})

    def resent(self, user: dict[str, Any], *, by: Member) -> dict[str, Any]:
        """The user with a new link; no mail need have gone a minute ago, since this pretends that it was earlier."""
        self._emulator.change_user(user, invitation__sent_at=iso(datetime.now(UTC) - timedelta(minutes=2)))
        answer = self.api.post(by.path(f"/users/{user['user_id']}/resend"), {}, token=by.token)
        assert answer.status == 200, answer.text
        resent: dict[str, Any] = answer.body
        return resent

    def copied_link(self, user: dict[str, Any], *, by: Member) -> str:
        """The address that an administrator hands over themselves."""
        answer = self.api.post(by.path(f"/users/{user['user_id']}/invitation-link"), {}, token=by.token)
        assert answer.status == 200, answer.text
        return str(answer.body["url"])

    def preview(self, token: str) -> Answer:
        return self.api.post("/v1/invitations/preview", {"token": token})

    def seen(self, user: dict[str, Any] | Member, *, by: Member) -> dict[str, Any]:
        """A user as an administrator sees them now."""
        user_id = user.user_id if isinstance(user, Member) else user["user_id"]
        answer = self.api.get(by.path(f"/users/{user_id}"), token=by.token)
        assert answer.status == 200, answer.text
        seen: dict[str, Any] = answer.body
        return seen

    def listed(self, by: Member, number: int, **query: str) -> list[dict[str, Any]]:
        """Wait until the list, which may lag behind writes, shows so many users, and return them."""

        def found() -> list[dict[str, Any]] | None:
            users: list[dict[str, Any]] = self.api.get(by.path("/users"), token=by.token, **query).body["data"]
            return users if len(users) == number else None

        return awaited(found, what=f"{number} users listed by {query}")

    def wait_until_listed(self) -> None:
        """Wait until the lists of users, which follow writes, show everyone invited here since the last call."""
        while self._unlisted:
            _, (by, user_ids) = self._unlisted.popitem()
            awaited(lambda: self._all_are_listed(by, user_ids), what="the list of users")  # noqa: B023 (called here)

    def _all_are_listed(self, by: Member, user_ids: set[str]) -> bool:
        """Whether the first page shows them all, or is full; true, too, where their inviter may list nobody by now."""
        status = "invited,expired,declined,active,blocked,inactive,removed"
        answer = self.api.get(by.path("/users"), token=by.token, status=status, limit="100")
        if answer.status in {401, 403, 404}:
            return True
        assert answer.status == 200, answer.text
        return bool(answer.body["next_cursor"]) or user_ids <= {user["user_id"] for user in answer.body["data"]}

    def seats_used(self, by: Member) -> int:
        answer = self.api.get(by.path(), token=by.token)
        assert answer.status == 200, answer.text
        return int(answer.body["seats"]["used"])

    def journal(self, by: Member, user: dict[str, Any]) -> list[str]:
        """The types of a user's entries, newest first."""
        answer = self.api.get(by.path("/journal"), token=by.token, user_id=user["user_id"])
        assert answer.status == 200, answer.text
        return [entry["type"] for entry in answer.body["data"]]

    def deactivate(self, member: Member, *, by: Member) -> Answer:
        return self.api.post(by.path(f"/users/{member.user_id}/deactivate"), {}, token=by.token)

    def wait_until_sent(self, user: dict[str, Any]) -> None:
        """Waits until the outbox has nothing left to write about a user's invitation."""
        awaited(
            lambda: {mail["state"] for mail in self._emulator.mails(user, "invitation")} == {"sent"},
            what="the end of the sending",
        )
