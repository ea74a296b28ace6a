"""The case of administrators about the settings of their account."""

from shared.storage_schema import DIRECTORY, JOURNAL
from tests.command_cases.case import CALLER_DEACTIVATED, CommandCase, Given, by_bob, two_administrators
from tests.factories import SETTINGS
from tests.proofs.snapshots import rows


def changing_settings() -> Given:
    body = {
        "invite_profile": "simple",
        "default_group": "everyone",
        "allow_link_copy": False,
        "locale": "fr",
        "daily_mail_limit": 50,
        "help_url": "https://help.example.org/faq",
    }

    def assert_effect() -> None:
        [account] = [row for row in rows(DIRECTORY) if row["sk"] == "account"]
        assert account["settings"].items() >= body.items()
        assert account["settings_version"] == 2
        assert [row["type"] for row in rows(JOURNAL)].count("settings.changed") == 1

    return by_bob(two_administrators(), assert_effect, body=body)


CASES = (CommandCase("settings", SETTINGS, changing_settings, keyed=False, refusals=(CALLER_DEACTIVATED,)),)
