"""Defects on the way to everything but tables: mail, sign-ins, keys, the event bus."""

from tests.proofs.defects.defect import Defect

SERVICES = (
    Defect(
        "a mail that another sender holds is sent again",
        "shared/adapters/outbox.py",
        " if is_ours else None",
        "",
        caught_by="tests/functions/test_send_mail.py::test_the_same_record_any_number_of_times_sends_once",
    ),
    Defect(
        "complaints are not looked up",
        "shared/adapters/outbox.py",
        "is_unwelcome=reader is not None and reader.complained_at is not None,",
        "",
        caught_by="tests/functions/test_track_delivery.py::test_after_a_complaint_no_mail_goes_to_that_address_in_any_account",
    ),
    Defect(
        "a sender's claim never ends",
        "shared/adapters/outbox.py",
        '":lease": iso(now + LEASE)',
        '":lease": "9"',
        caught_by="tests/adapters/test_last_moments.py::test_a_mail_is_anybodys_again_when_the_lease_ends",
    ),
    Defect(
        "SES is asked again by its client",
        "shared/adapters/mailer.py",
        "attempts=1",
        "attempts=3",
        caught_by="tests/functions/test_lost_answers.py::test_an_answer_of_ses_that_was_lost_sends_at_most_once_more_and_with_the_same_link",
    ),
    Defect(
        "a mail that SES refuses is offered again",
        "shared/adapters/mailer.py",
        "raise MailRejected from error",
        "raise",
        caught_by="tests/functions/test_send_mail.py::test_a_mail_that_ses_will_never_take_is_given_up_at_once",
    ),
    Defect(
        "a registration that fails keeps its claim",
        "shared/adapters/claims.py",
        "                self._release(invited, operation)\n            raise",
        "                pass\n            raise",
        caught_by="tests/functions/test_accept.py::test_a_pool_that_fails_leaves_a_link_that_can_be_used_again",
    ),
    Defect(
        "a lost answer to a claim is taken for another's claim",
        "shared/adapters/claims.py",
        'return bool(claim.get("operation") == {"S": operation})',
        "return False",
        caught_by="tests/functions/test_races.py::test_a_lost_answer_accepts_once",
    ),
    Defect(
        "a sign-in that we have not made is replaced",
        "shared/adapters/user_pool.py",
        "if _MARK not in found:",
        "if False:",
        caught_by="tests/functions/test_accept.py::test_a_sign_in_that_this_product_has_not_made_is_never_touched",
    ),
    Defect(
        "Cognito takes every address for proven",
        "shared/adapters/user_pool.py",
        '"true" if proven else "false"',
        '"true"',
        caught_by="tests/functions/test_takeover.py::test_whoever_came_by_a_copied_link_has_an_unproven_identity_at_home_in_that_account",
    ),
    Defect(
        "Cognito sends a mail of its own",
        "shared/adapters/user_pool.py",
        'MessageAction="SUPPRESS",',
        "",
        caught_by="tests/adapters/test_user_pool.py::test_cognito_sends_no_mail_of_its_own",
    ),
    Defect(
        "events that the bus refuses are lost",
        "shared/adapters/event_bus.py",
        'if "ErrorCode" in result',
        "if False",
        caught_by="tests/functions/test_publish_events.py::test_only_what_the_bus_did_not_take_is_offered_again",
    ),
    Defect(
        "copied links are signed as mailed ones",
        "shared/adapters/link_signer.py",
        "Channel.COPIED: settings().copied_link_key",
        "Channel.COPIED: settings().mailed_link_key",
        caught_by="tests/adapters/test_link_signer.py::test_the_key_of_mailed_links_makes_no_copied_one",
    ),
    Defect(
        "a link need not be genuine",
        "shared/adapters/link_signer.py",
        "raise errors.InvitationNotFound from error",
        "return link",
        caught_by="tests/adapters/test_link_signer.py::test_a_mac_is_good_for_its_own_link_alone",
    ),
    Defect(
        "a later complaint hides the first",
        "shared/adapters/deliveries.py",
        "complained_at = if_not_exists(complained_at, :now)",
        "complained_at = :now",
        caught_by="tests/adapters/test_deliveries.py::test_the_first_complaint_is_the_one_that_is_kept",
    ),
)
