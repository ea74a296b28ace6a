"""Defects of what people say of themselves: names that follow them, profiles, logos."""

from tests.proofs.defects.defect import Defect

PROFILES = (
    Defect(
        "an account hears of somebody who has no access there",
        "shared/domain/persons.py",
        "user.status is not Status.ACTIVE or ",
        "",
        caught_by="tests/functions/test_me.py::test_an_account_where_they_have_no_access_hears_nothing",
    ),
    Defect(
        "the journal tells a new name",
        "shared/domain/journal.py",
        '{"fields": fields}',
        '{"fields": after.first_name}',
        caught_by="tests/domain/test_persons.py::test_users_follow_and_the_journal_says_which_fields_and_not_a_word_of_what",
    ),
    Defect(
        "users beyond the first transaction are left behind",
        "shared/adapters/identities.py",
        "range(0, max(len(users), 1), _USERS_AT_ONCE)",
        "range(1)",
        caught_by="tests/functions/test_me.py::test_more_users_than_a_transaction_takes_follow_all_the_same",
    ),
    Defect(
        "who takes an identity over finds a stranger's profile",
        "shared/adapters/writes.py",
        '("home_account", "profile")',
        '("home_account",)',
        caught_by="tests/functions/test_profile.py::test_who_takes_an_identity_over_does_not_find_the_profile_of_the_one_before",
    ),
    Defect(
        "any name is a time zone",
        "shared/domain/people.py",
        "if name not in _time_zones():",
        "if False:",
        caught_by="tests/domain/test_people.py::test_no_other_name_is_a_time_zone",
    ),
    Defect(
        "damaged chunks make a picture",
        "shared/domain/pictures.py",
        "if zlib.crc32(content[place + 4 : place + 8 + length]) != told:",
        "if told < 0:",
        caught_by="tests/domain/test_pictures.py::test_a_chunk_that_is_not_what_its_sum_says_is_refused",
    ),
    Defect(
        "uploads belong to nobody",
        "shared/adapters/logos.py",
        "{UPLOADS}{identity_id}/{upload_id}",
        "{UPLOADS}{identity_id[:0]}/{upload_id}",
        caught_by="tests/functions/test_profile.py::test_nobody_takes_what_another_has_uploaded",
    ),
    Defect(
        "a form takes pictures of any size",
        "shared/adapters/logos.py",
        '["content-length-range", 1, LARGEST]',
        '["content-length-range", 1, 10 * LARGEST]',
        caught_by="tests/functions/test_profile.py::test_a_form_lets_its_bearer_upload_one_picture_of_a_megabyte_for_ten_minutes",
    ),
    Defect(
        "what is too large is cut off, and served",
        "shared/adapters/logos.py",
        'Range=f"bytes=0-{LARGEST}"',
        'Range=f"bytes=0-{LARGEST - 1}"',
        caught_by="tests/functions/test_profile.py::test_a_picture_with_more_behind_it_than_is_allowed_is_refused",
    ),
    Defect(
        "a logo that was taken back is served for ever",
        "shared/adapters/logos.py",
        "before and before.logo and before.logo != after.logo",
        "before and not before",
        caught_by="tests/functions/test_profile.py::test_a_logo_is_taken_back",
    ),
    Defect(
        "the sweep says how late the earliest was",
        "functions/expire/handler.py",
        'max(told["lag_seconds"], ',
        'min(told["lag_seconds"], ',
        caught_by="tests/functions/test_expire.py::test_a_sweep_says_how_late_the_latest_was_that_it_has_written",
    ),
    Defect(
        "a mail that waits says nothing of it",
        "functions/send_mail/delivery.py",
        '"waited_seconds": waited',
        '"waited_seconds": 0',
        caught_by="tests/functions/test_send_mail.py::test_each_try_says_how_long_the_mail_has_waited",
    ),
)
