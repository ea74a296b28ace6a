import pytest

from shared.adapters.dynamodb.search_items import position, search_keys, word_prefixes
from shared.domain.model.folding import folded
from shared.domain.model.users import Status, User
from tests.domain_factories import MILLISECOND, NOW, a_member

OTHER_JOINED = NOW + MILLISECOND


def words(user: User) -> list[str]:
    return sorted(key.split("#", 3)[3].rpartition("#")[0] for key in search_keys(user) if key.startswith("word#"))


def entries_found(user: User, term: str) -> list[str]:
    """What a search for this folded term would read of a user."""
    prefixes = tuple(word_prefixes(term, user.status))
    return [key for key in search_keys(user) if key.startswith(prefixes)]


def test_the_words_of_a_user_are_the_name_from_each_word_on_and_the_address() -> None:
    user = a_member(first_name="Ana-Mar\u00eda", last_name="del R\u00edo", email="amr@example.org")

    assert words(user) == ["amr@example.org", "ana-maria del rio", "del rio", "maria del rio", "rio"]


def test_an_international_address_has_a_word_in_either_form() -> None:
    user = a_member(first_name="X", last_name="", email="lee@xn--bcher-kva.example")

    assert words(user) == ["lee@bucher.example", "lee@xn--bcher-kva.example", "x"]


@pytest.mark.parametrize("email", ["lee@example.org", "lee.sherron@example.org", "l-s@example.org", "77@example.org"])
@pytest.mark.parametrize("name", ["Lee Sherron", "Leeds Sher", "Sher-Lee O\u2019Hara", "\u674e \u5c0f\u9f99", "L. S"])
def test_each_beginning_of_a_word_finds_the_user(name: str, email: str) -> None:
    first, _, last = name.partition(" ")
    user = a_member(first_name=first, last_name=last, email=email)

    for word in (first, last, name, email):
        for length in range(1, len(folded(word)) + 1):
            assert entries_found(user, folded(word)[:length]), word[:length]


@pytest.mark.parametrize("term", ["l", "lee", "leeds"])
def test_a_name_that_begins_the_address_is_one_entry_to_read(term: str) -> None:
    user = a_member(first_name="Leeds", last_name="Ash", email="lee.a@example.org")

    assert len(entries_found(user, term)) == 1


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_a_status_has_words_and_lists_of_its_own(status: Status) -> None:
    active, other = search_keys(a_member()), search_keys(a_member(status))

    assert entries_found(a_member(), "lee")
    assert not set(entries_found(a_member(), "lee")) & other
    shared = {key for key in active & other if key.startswith("list#status:")}
    assert not shared


def test_a_removed_user_is_in_no_list_of_a_group() -> None:
    facets = {key.split("#")[1] for key in search_keys(a_member(Status.REMOVED)) if key.startswith("list#")}

    assert facets == {"removed"}


def test_a_change_that_no_list_shows_changes_no_entry() -> None:
    user = a_member()
    changed = user.with_changes(now=NOW, allow=("contacts.view",), last_seen_at=NOW, reference="x")

    assert search_keys(changed) == search_keys(user)


@pytest.mark.parametrize("sort", ["joined_at", "-joined_at"])
def test_who_has_not_joined_comes_last_in_either_direction(sort: str) -> None:
    parts = [position(a_member(joined_at=joined), sort).part for joined in (NOW, OTHER_JOINED, None)]

    assert parts == [0, 0, 1]


def test_the_longest_names_and_addresses_fit_a_sort_key() -> None:
    longest = a_member(
        Status.DECLINED,
        first_name="\ufdfa" * 80,
        last_name="\U0001f600 " * 40,
        email=f"{'l' * 64}@{'x' * 59}.xyz",
        groups=("g" * 40,),
        kind="partner",
    )

    assert max(len(key.encode()) for key in search_keys(longest)) <= 1024
