"""What a plan says, as typed and frozen records; their canonical JSON; its SHA-256.

Plan files, editing rows and immutable documents all speak these records, so there is one
shape of the truth. No Django here.
"""

import dataclasses
import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, dataclass_transform

from pydantic import AfterValidator, BeforeValidator, TypeAdapter

SCHEMA = 1

# --- the closed lists of product words (their labels for readers: plans/labels.py) -----------
EditionStatus = Literal["official", "signed", "leaked-draft", "read-aloud", "reported-outline"]
SourceKind = Literal["primary", "carries-text", "report", "aggregator"]
ProvisionKind = Literal["provision", "heading"]
Force = Literal["commits", "expects", "permits", "affirms", "proposes"]
Confidence = Literal["corroborated", "single-source", "inferred"]
Bound = Literal["at-most", "at-least", "exactly", "about", "none"]
PositionKind = Literal["stated", "left-open", "dropped", "unread"]
RegionStatusKind = Literal[
    "ukraine",
    "russia-recognised-de-jure",
    "russia-recognised-de-facto",
    "frozen-line",
    "demilitarised",
    "russian-withdrawal",
    "ukrainian-withdrawal",
    "left-open",
    "international",
]
PartyKind = Literal["state", "alliance", "organisation", "person-led-body", "group"]
Attitude = Literal["welcomes", "open-to-talks", "reserved", "rejects", "counter-proposes"]
CorrectionType = Literal[
    "correction", "clarification", "new-source", "translation-revised", "withdrawal"
]
PublicationType = Literal[
    "first-publication",
    "correction",
    "clarification",
    "new-source",
    "translation-revised",
    "withdrawal",
]

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

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[T]) -> type[T]:
    """A frozen, keyword-only dataclass that pydantic checks strictly: no unknown field."""
    made = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return made


@record
class Source:
    """Where a text can be read; `id` is unique within its edition."""

    id: Slug
    publisher: Line
    title: Line | None = None
    url: Url | None = None
    date: Day | None = None
    kind: SourceKind


@record
class Figure:
    """A typed quantity; `value` is None if and only if the bound is "none" (no limit)."""

    measure: Measure
    name: Line
    value: Amount | None = None
    unit: Line
    bound: Bound
    condition: Line | None = None


@record
class Variant:
    """Another reading of a provision, where published copies differ in substance."""

    text: Text
    sources: tuple[Slug, ...]


@record
class Provision:
    """One numbered point; `text` is our restatement, `original` the document's own wording."""

    number: Number
    parent: Number | None = None
    kind: ProvisionKind = "provision"
    text: Text
    original: Text | None = None
    original_language: Language | None = None
    issues: tuple[Slug, ...]
    bound: tuple[Slug, ...] = ()
    force: Force
    figures: tuple[Figure, ...] = ()
    sources: tuple[Slug, ...]
    confidence: Confidence
    variants: tuple[Variant, ...] = ()
    note: Text | None = None


@record
class Position:
    """An edition's stance on one issue, resting on provisions that bear on it."""

    issue: Slug
    kind: PositionKind
    stance: Stance
    provisions: tuple[Number, ...] = ()


@record
class RegionStatus:
    """What an edition would do with a region; the first entry of a region is the main one."""

    region: Slug
    status: RegionStatusKind
    provisions: tuple[Number, ...]
    note: Text | None = None


@record
class Edition:
    """One state of a plan's text as it became public."""

    slug: EditionSlug
    label: Line
    date: Day
    status: EditionStatus
    language: Language = "en"
    based_on: EditionKey | None = None
    complete: bool
    gaps: Text | None = None
    provenance: Text
    sources: tuple[Source, ...]
    provisions: tuple[Provision, ...]
    positions: tuple[Position, ...] = ()
    regions: tuple[RegionStatus, ...] = ()


@record
class Plan:
    """A peace proposal as a work, with the parties that put it forward."""

    slug: Slug
    title: Line
    short_title: ShortTitle
    sponsors: tuple[Slug, ...]
    summary: Text


@record
class EditionDocument:
    """What is published under the key `edition/<plan>@<edition>`."""

    schema: Literal[1] = 1
    plan: Plan
    edition: Edition

    @property
    def key(self) -> str:
        """`<plan>@<edition>`, as it stands in addresses."""
        return f"{self.plan.slug}@{self.edition.slug}"


@record
class Party:
    slug: Slug
    name: Line
    short_name: Line
    kind: PartyKind


@record
class Issue:
    """A question on which plans can be compared; `answer` is an editor's, across all plans."""

    slug: Slug
    title: Line
    question: Line
    description: Text
    answer: Text | None = None
    featured: bool = False


@record
class IssueGroup:
    slug: Slug
    title: Line
    issues: tuple[Issue, ...]


@record
class Region:
    slug: Slug
    name: Line


@record
class LeadComparison:
    """The comparison that opens the home page; its two sentences are an editor's."""

    left: Slug
    right: Slug
    title: Line
    summary: Text


@record
class Catalogue:
    """What is published under the key `catalogue`."""

    schema: Literal[1] = 1
    groups: tuple[IssueGroup, ...] = ()
    parties: tuple[Party, ...] = ()
    regions: tuple[Region, ...] = ()
    lead: LeadComparison | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All issues in the order of the catalogue."""
        return tuple(issue for group in self.groups for issue in group.issues)


@record
class ReactionSource:
    publisher: Line
    title: Line | None = None
    url: Url | None = None
    date: Day | None = None


@record
class Reaction:
    """What a party publicly said of a plan."""

    party: Slug
    speaker: Line
    date: Day
    plan: Slug
    edition: EditionSlug
    attitude: Attitude
    text: Text
    sources: tuple[ReactionSource, ...]


@record
class Reactions:
    """What is published under the key `reactions`, in the order of the file."""

    schema: Literal[1] = 1
    reactions: tuple[Reaction, ...] = ()


# --- canonical JSON ---------------------------------------------------------------------------


def to_json(value: Any) -> Any:
    """A record as plain JSON values: dates in ISO 8601, decimals as strings, tuples as lists."""
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return decimal_string(value)
    return value


def decimal_string(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: 800000, 0.5."""
    text = format(value or Decimal(0), "f")  # never "-0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {_normalised(key): _normalised(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form: use text, or a whole number")


def canonical(value: Any) -> bytes:
    """JSON that is the same bytes for the same content: UTF-8, NFC, keys sorted, no spaces.

    Floats are refused (TypeError): their printed form is not stable across languages. Keys are
    sorted by code point; for the keys used here that is also the order of RFC 8785.
    """
    text = json.dumps(_normalised(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def digest_of(body: bytes) -> str:
    """The SHA-256 of canonical bytes, in lower-case hexadecimal."""
    return hashlib.sha256(body).hexdigest()


@cache
def adapter(kind: type[T]) -> TypeAdapter[T]:
    """Checks plain values against a record; raises pydantic.ValidationError with all faults."""
    return TypeAdapter(kind)
