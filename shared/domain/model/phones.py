"""Phone numbers as people paste them, in E.164 (rule 2)."""

import re

from shared.domain.model import characters

_PUNCTUATION = r"[\s()./\u00b7\u2022\u2027]"
_DASHES = r"[-\u00ad\u058a\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\u30fc\uff70~]"
_MEXICO, _UNTIL_2019 = 52, "1"  # Stood before the ten digits of mobiles; many address books still have it.


def calling_code(text: str) -> str:
    """Return a country's calling code with its plus sign, such as +44; raises ValueError with a sentence."""
    import phonenumbers  # noqa: PLC0415 (loaded by the few requests that bring a phone)

    code = _bare(text)
    if not re.fullmatch(r"\+[1-9][0-9]{0,2}", code) or int(code) not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE:
        message = "This country code does not exist. It begins with a plus sign, such as +44."
        raise ValueError(message)
    return code


def national_number(text: str, *, country_code: str) -> str:
    """Return the national significant digits of a number; `country_code` is as `calling_code` returns it.

    The country code may stand before the number once more. Raises ValueError with a sentence.
    """
    import phonenumbers  # noqa: PLC0415 (as above)

    digits = _without_code(_bare(text), country_code)
    if not re.fullmatch("[0-9]+", digits):
        message = "Use digits only. Extensions are not supported."
        raise ValueError(message)
    try:
        parsed = phonenumbers.parse(country_code + digits)
    except phonenumbers.NumberParseException:
        parsed = phonenumbers.PhoneNumber()
    # Not `is_valid_number`: the ranges that are in use change more often than the library.
    if not phonenumbers.is_possible_number(parsed):
        message = "This is not a valid phone number in that country."
        raise ValueError(message)
    return phonenumbers.national_significant_number(parsed)


def _bare(text: str) -> str:
    return re.sub(f"{_PUNCTUATION}|{_DASHES}", "", characters.ascii_digits(text))


def _without_code(number: str, country_code: str) -> str:
    """Return the number without a country code that agrees; raises ValueError for another one."""
    international = re.sub("^00", "+", number)
    if not international.startswith("+"):
        return _without_former_prefix(number, country_code)
    if not international.startswith(country_code):
        message = f"This number begins with a country code other than {country_code}."
        raise ValueError(message)
    return _without_former_prefix(international.removeprefix(country_code), country_code)


def _without_former_prefix(number: str, country_code: str) -> str:
    is_mexican = country_code == f"+{_MEXICO}" and re.fullmatch(f"{_UNTIL_2019}[0-9]{{10}}", number)
    return number.removeprefix(_UNTIL_2019) if is_mexican else number
