"""Each kind of mail in each language, whatever it takes to be sent one."""

import pytest

from functions.send_mail.localization import languages
from shared.domain.model.mails import MailKind
from tests.functions.mail_values import a_mail
from tests.journeys.browser import Window
from tests.journeys.pictures import take_html


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_kind_of_mail_is_fit_to_be_seen(window: Window, language: str) -> None:
    for kind in MailKind:
        mail = a_mail(kind, language, account_name="Sherron & Daughters")

        take_html(window, mail.html, f"{kind}-{language}")
