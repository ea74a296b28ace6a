import pytest

from shared.domain.model.folding import folded

ALIKE = [
    ("LEE", "lee"),
    ("Stra\u00dfe", "STRASSE"),
    ("\uff2c\uff45\uff45", "lee"),
    ("Ren\u00e9e Fran\u00e7ois", "renee francois"),
    ("Rene\u0301e", "ren\u00e9e"),
    ("\u0130lker", "ilker"),
    ("I\u015f\u0131k", "isik"),
    ("Tr\u1ea7n", "tran"),
    ("Wa\u0142\u0119sa", "walesa"),
    ("S\u00f8ren", "soren"),
    ("\u01feystein", "oystein"),
    ("\u0110uro", "duro"),
    ("\u0110\u00f0", "dd"),
    ("\u00deor", "thor"),
    ("\u00c6gir", "aegir"),
    ("C\u0153ur", "coeur"),
    ("\u0126al", "hal"),
    ("\u0166ah", "tah"),
    ("O\u2019Neill", "o'neill"),
    ("O\u2018Neill", "oneill"),
    ("Hawai\u02bbi", "hawaii"),
    ("Anna\u00a0\u2003 Maria", "anna maria"),
    ("\u200bZoe\ufeff", "zoe"),
    ("Ka\u00adtrin", "katrin"),
    ("\u202aLee\u202c", "lee"),
    ("Li\u3164", "li"),
    ("Li\u034f\ufe0f", "li"),
    ("Anne\u2011Marie", "anne-marie"),
    ("Anne\u2013Marie", "anne-marie"),
    (" Lee\n", "lee"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_people_read_alike_is_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("lee", "leo"), ("anna maria", "annamaria"), ("\u674e", "\u738b"), ("j", "i")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize("text", [one for pair in ALIKE for one in pair])
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_the_beginning_of_a_name_folds_to_the_beginning_of_its_form() -> None:
    name = "\u00c6gir \u0110ur\u0111evi\u0107-Wa\u0142\u0119sa"

    assert all(folded(name).startswith(folded(name[:length])) for length in range(len(name)))
