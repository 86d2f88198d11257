"""The checked fields of the records: texts, slugs, numbers, dates, amounts. No Django here.

A check raises ValueError with what was wrong and what was expected.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

# --- how long texts may be, in characters -----------------------------------------------------
LINE = 300  # a title, a name, a label: what stands on one line
URL = 1000
STANCE = 60
SHORT_TITLE = 24

# --- checked text -----------------------------------------------------------------------------
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
EDITION_SLUG = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-(?:[2-9]|[1-9][0-9]{1,2}))?"
RESERVED_SLUGS = frozenset("points cite verify box feed embed corrections reversed search".split())
# Control characters have no place in a text; a line feed and a tab have.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def _text(value: str) -> str:
    value = value.replace("\r\n", "\n")  # forms send line ends so
    if found := _CONTROL.search(value):
        raise ValueError(f"holds the control character {found[0]!r}: remove it")
    value = unicodedata.normalize("NFC", value).strip()
    if not value:
        raise ValueError("is empty: expected text")
    return value


def check_slug(value: str) -> str:
    if not re.fullmatch(SLUG, value) or len(value) > 60:
        raise ValueError(
            f"{value!r} is no slug: expected at most 60 lower-case letters (a-z), digits and "
            "single hyphens"
        )
    if value in RESERVED_SLUGS:
        raise ValueError(f"{value!r} is a reserved word of the site's addresses: choose another")
    return value


def check_edition_slug(value: str) -> str:
    if not re.fullmatch(EDITION_SLUG, value):
        raise ValueError(
            f"{value!r} is no edition: expected a date such as 2025-11-20, or 2025-11-20-2 for "
            "the second state of that day"
        )
    _day(value[:10])
    return value


def _day(value: object) -> object:
    """Only a full ISO date is a date: no time stamps, no guesses."""
    if not isinstance(value, str):
        return value
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is no date: expected one such as 2025-11-20") from None


def _amount(value: Decimal) -> Decimal:
    """What both databases keep exactly: 15 significant digits, 6 of them after the point."""
    _sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or -exponent > 6 or len(digits) + max(exponent, 0) > 15:
        raise ValueError(
            f"{value} cannot be kept exactly: expected at most 15 digits, 6 after the point"
        )
    return value


def _edition_key(value: str) -> str:
    plan, at, edition = value.partition("@")
    if not at:
        raise ValueError(f"{value!r}: expected plan@edition, such as us-28-point-draft@2025-11-20")
    return f"{check_slug(plan)}@{check_edition_slug(edition)}"


def check_number(value: str) -> str:
    value = _text(value)
    if len(value) > 40 or re.search(r"[\s/#?~+]", value):
        raise ValueError(
            f"{value!r}: expected a number as printed, such as 6 or 10.c, without spaces"
        )
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", value):
        raise ValueError(f"{value!r}: expected an address that begins with http:// or https://")
    return _short(URL)(value)


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", value):
        raise ValueError(f"{value!r}: expected a language code of two or three letters, such as en")
    return value


def _short(limit: int) -> Callable[[str], str]:
    def check(value: str) -> str:
        if len(value) > limit:
            raise ValueError(f"has {len(value)} characters: expected at most {limit}")
        return value

    return check


Text = Annotated[str, AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(check_slug)]
EditionSlug = Annotated[str, AfterValidator(check_edition_slug)]
EditionKey = Annotated[str, AfterValidator(_edition_key)]
Number = Annotated[str, AfterValidator(check_number)]
Url = Annotated[str, AfterValidator(_url)]
Language = Annotated[str, AfterValidator(_language)]
Line = Annotated[str, AfterValidator(_text), AfterValidator(_short(LINE))]
Stance = Annotated[str, AfterValidator(_text), AfterValidator(_short(STANCE))]
ShortTitle = Annotated[str, AfterValidator(_text), AfterValidator(_short(SHORT_TITLE))]
Measure = Annotated[str, AfterValidator(check_slug)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
Amount = Annotated[Decimal, AfterValidator(_amount)]
