"""What a plan says, as typed and frozen records; their canonical JSON; its SHA-256.

Plan files, editing rows and immutable documents all speak these records, so there is one
shape of the truth. No Django here.
"""

import dataclasses
import datetime
import hashlib
import json
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, dataclass_transform

from pydantic import TypeAdapter

from plans.fields import (
    Amount,
    Day,
    EditionKey,
    EditionSlug,
    Language,
    Line,
    Measure,
    Number,
    ShortTitle,
    Slug,
    Stance,
    Text,
    Url,
)

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
