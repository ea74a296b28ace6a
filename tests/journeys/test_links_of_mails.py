"""Every link in the mails that people get, followed as they follow it."""

import re
from email.message import EmailMessage

from tests.factories import text_of
from tests.journeys.api import ApiClient
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Member, People, an_address
from tests.journeys.stack import LocalStack

_LINK = re.compile(r'href="([^"]+)"')
_BARE = re.compile(r"https?://[^\s<>\"]+")


def test_every_link_of_every_mail_leads_somewhere(
    people: People, mailbox: Mailbox, api: ApiClient, stack: LocalStack
) -> None:
    ann, told = people.an_account(), an_address("boss")
    user = people.invited(ann, notify=[told])
    mails = [mailbox.invitation_of(user), mailbox.wait_for(told, "has been invited")]
    lee = people.joined(user)
    mails += [mailbox.wait_for(lee.address, "account information"), mailbox.wait_for(ann.address, "has joined")]
    people.deactivate(lee, by=ann)
    mails.append(mailbox.wait_for(lee.address, "has ended"))
    mails.append(_of_declining(people, mailbox, ann))

    links = {link for mail in mails for link in _LINK.findall(text_of(mail, "html")) + _BARE.findall(text_of(mail))}

    paths = {link.removeprefix(stack.console_url).partition("#")[0] for link in links}
    users = f"/console/{ann.account_id}/users"
    assert paths == {"/invite", "/help", f"/console/{ann.account_id}", users, f"{users}?status=declined"}
    for link in links:
        assert link.startswith(f"{stack.console_url}/"), link
        answer = api.request("GET", re.split("[?#]", link.removeprefix(stack.console_url))[0])
        assert answer.status == 200, link
        assert "text/html" in answer.headers["content-type"], link


def _of_declining(people: People, mailbox: Mailbox, ann: Member) -> EmailMessage:
    people.decline(mailbox.token_for(people.invited(ann)))
    return mailbox.wait_for(ann.address, "has declined")
