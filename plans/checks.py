"""What blocks the publication of an edition: one list of rules, for files and for the admin.

Pure: takes the record and what it may refer to; returns sentences that say what is wrong, where,
and what was expected. No Django here.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Set

from plans.documents import Edition, EditionDocument, Provision

Point = Callable[..., str]  # a path into the edition -> where that is, for a person


@dataclasses.dataclass(frozen=True)
class Where:
    """What an edition may refer to."""

    parties: Set[str]
    issues: Set[str]
    regions: Set[str]
    editions: Mapping[str, EditionDocument]


def edition_faults(document: EditionDocument, known: Where, at: Point) -> list[str]:
    """All faults of an edition, in the order of its fields, each as `where: what`."""
    edition = document.edition
    return [
        *_edition(document, known, at),
        *_sources(edition, at),
        *_provisions(edition, known, at),
        *_positions(edition, known, at),
        *_regions(edition, known, at),
    ]


def _edition(document: EditionDocument, known: Where, at: Point) -> Iterator[str]:
    edition = document.edition
    if edition.complete and edition.gaps:
        yield f"{at('gaps')}: a complete edition has no gaps: remove them, or complete: false"
    if not edition.complete and not edition.gaps:
        yield f"{at('complete')}: an incomplete edition says what is missing: fill in gaps"
    if edition.slug[:10] != edition.date.isoformat():
        yield f"{at('slug')}: {edition.slug!r} is not of {edition.date}: expected its date"
    if not edition.provisions:
        yield f"{at('provisions')}: there are none: expected at least one"
    if not edition.sources:
        yield f"{at('sources')}: there are none: expected at least one"
    if edition.based_on is None:
        return
    base = known.editions.get(edition.based_on)
    if base is None:
        yield f"{at('based_on')}: {edition.based_on!r} is no edition that is loaded"
    elif (base.edition.date, base.key) >= (edition.date, document.key):
        yield f"{at('based_on')}: {edition.based_on!r} is not earlier than this edition"


def _sources(edition: Edition, at: Point) -> Iterator[str]:
    seen: set[str] = set()
    for index, source in enumerate(edition.sources):
        if source.id in seen:
            yield f"{at('sources', index, 'id')}: the source {source.id!r} stands twice"
        seen.add(source.id)


def _provisions(edition: Edition, known: Where, at: Point) -> Iterator[str]:
    sources = {source.id for source in edition.sources}
    parents = {provision.parent for provision in edition.provisions}
    seen: set[str] = set()
    for index, provision in enumerate(edition.provisions):

        def here(*path: str | int, index: int = index) -> str:
            return at("provisions", index, *path)

        if provision.number in seen:
            yield f"{here('number')}: the number {provision.number!r} stands twice: expected once"
        if provision.parent is not None and provision.parent not in seen:
            yield (
                f"{here('parent')}: {provision.parent!r} is no provision above this one: expected "
                "the number of an earlier provision"
            )
        seen.add(provision.number)
        if provision.kind == "heading" and provision.number not in parents:
            yield f"{here('kind')}: heading {provision.number!r} has no sub-points"
        yield from _provision(provision, sources, known, here)


def _provision(provision: Provision, sources: set[str], known: Where, here: Point) -> Iterator[str]:
    number = provision.number
    if not provision.issues:
        yield f"{here('issues')}: provision {number} bears on no issue: expected at least one"
    if not provision.sources:
        yield f"{here('sources')}: provision {number} has no source: expected at least one"
    if provision.confidence == "corroborated" and len(provision.sources) == 1:
        yield (
            f"{here('confidence')}: provision {number} is corroborated by one source: expected "
            "two or more, or single-source"
        )
    if (provision.original is None) != (provision.original_language is None):
        yield f"{here('original')}: an original wording goes with its language, and only with it"
    for field, values, allowed, word in (
        ("issues", provision.issues, known.issues, "issue of the catalogue"),
        ("bound", provision.bound, known.parties, "party of the catalogue"),
        ("sources", provision.sources, sources, "source of this edition"),
    ):
        yield from _listed(field, values, allowed, word, here)
    for index, variant in enumerate(provision.variants):
        if not variant.sources:
            yield f"{here('variants', index)}: another reading needs a source"
        for place, source in enumerate(variant.sources):
            spot = here("variants", index, "sources", place)
            if source not in sources:
                yield f"{spot}: {source!r} is no source of this edition"
            elif source in variant.sources[:place]:
                yield f"{spot}: {source!r} stands twice: expected once"
    for index, figure in enumerate(provision.figures):
        if (figure.bound == "none") != (figure.value is None):
            yield (
                f"{here('figures', index, 'value')}: the bound `none` says that there is no limit "
                "and has no value; every other bound has one"
            )


def _listed(
    field: str, values: tuple[str, ...], allowed: Set[str], word: str, here: Point
) -> Iterator[str]:
    for index, value in enumerate(values):
        if value not in allowed:
            yield f"{here(field, index)}: {value!r} is no {word}"
        elif value in values[:index]:
            yield f"{here(field, index)}: {value!r} stands twice: expected once"


def _positions(edition: Edition, known: Where, at: Point) -> Iterator[str]:
    bears = {p.number: p.issues for p in edition.provisions}
    seen: set[str] = set()
    for index, position in enumerate(edition.positions):
        issue = position.issue
        if issue not in known.issues:
            yield f"{at('positions', index, 'issue')}: {issue!r} is no issue of the catalogue"
        if issue in seen:
            yield f"{at('positions', index, 'issue')}: a second position on {issue!r}: expected one"
        seen.add(issue)
        if position.kind in ("stated", "left-open") and not position.provisions:
            yield (
                f"{at('positions', index)}: the position on {issue!r} rests on no provision: "
                "expected at least one"
            )
        if position.kind == "dropped":
            yield from _dropped(edition, issue, known, lambda i=index: at("positions", i, "kind"))
        for place, number in enumerate(position.provisions):
            spot = at("positions", index, "provisions", place)
            if number in position.provisions[:place]:
                yield f"{spot}: {number!r} stands twice: expected once"
            elif number not in bears:
                yield f"{spot}: {number!r} is no provision of this edition"
            elif issue not in bears[number]:
                yield (
                    f"{spot}: the position on {issue!r} rests on {number}, which does not bear "
                    "on that issue"
                )


def _dropped(edition: Edition, issue: str, known: Where, here: Callable[[], str]) -> Iterator[str]:
    base = known.editions.get(edition.based_on or "")
    if edition.based_on is None:
        yield f"{here()}: `dropped` is always from an earlier text: fill in based_on"
    elif base and issue not in {p.issue for p in base.edition.positions}:
        yield f"{here()}: `dropped`, but {edition.based_on} has no position on {issue!r}"


def _regions(edition: Edition, known: Where, at: Point) -> Iterator[str]:
    numbers = {p.number for p in edition.provisions}
    seen: set[tuple[str, str]] = set()
    for index, entry in enumerate(edition.regions):
        if entry.region not in known.regions:
            spot = at("regions", index, "region")
            yield f"{spot}: {entry.region!r} is no region of the catalogue"
        if (entry.region, entry.status) in seen:
            yield f"{at('regions', index)}: {entry.region!r} has this status twice: expected once"
        seen.add((entry.region, entry.status))
        if not entry.provisions:
            yield f"{at('regions', index)}: {entry.region!r} rests on no provision"
        for place, number in enumerate(entry.provisions):
            spot = at("regions", index, "provisions", place)
            if number not in numbers:
                yield f"{spot}: {number!r} is no provision of this edition"
            elif number in entry.provisions[:place]:
                yield f"{spot}: {number!r} stands twice: expected once"
