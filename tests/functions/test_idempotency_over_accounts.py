from tests.factories import JOIN, OPEN_ACCOUNT, TERMS, a_user, an_account, an_operator, invited, token_for
from tests.functions.contract import refused
from tests.functions.keyed_requests import OPENED, keyed


def test_one_key_does_not_open_two_accounts() -> None:
    operator = an_operator()
    keyed(OPEN_ACCOUNT, operator, OPENED)

    answer = keyed(OPEN_ACCOUNT, operator, OPENED | {"account_id": "zz999"})

    assert refused(answer) == (422, "idempotency_key_reused")


def test_one_key_does_not_join_two_accounts() -> None:
    lee = a_user(an_account())
    tokens = []
    for account_id, admin in (("zz999", "zoe@example.org"), ("yy999", "yan@example.org")):
        tokens.append(token_for(invited(an_account(account_id, admin=admin), account_id=account_id)))
    keyed(JOIN, lee.signed_in, {"token": tokens[0], "terms_version": TERMS})

    answer = keyed(JOIN, lee.signed_in, {"token": tokens[1], "terms_version": TERMS})

    assert refused(answer) == (422, "idempotency_key_reused")
