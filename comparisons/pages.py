"""What the home page, the chooser and the notices show, as one documented object each."""

from dataclasses import dataclass
from typing import Any

from comparisons import finding
from comparisons.changes import changed_issues
from comparisons.finding import Found
from comparisons.reading import Comparison, open_comparison
from comparisons.shown import IssueSection
from plans import published
from plans.documents import Issue, IssueGroup, LeadComparison, Reaction
from plans.published import Entry
from plans.record import PositionView, PublishedEdition, Record


@dataclass(frozen=True)
class Cell:
    """One plan's position on one issue."""

    published: PublishedEdition
    position: PositionView


@dataclass(frozen=True)
class MatrixRow:
    issue: Issue
    cells: list[Cell]


@dataclass(frozen=True)
class HomePage:
    lead: LeadComparison | None
    comparison: Comparison | None
    """The lead comparison."""
    sections: list[IssueSection]
    """Its featured issues."""
    featured: list[MatrixRow]
    others: list[tuple[IssueGroup, list[MatrixRow]]]
    """The issues that are not featured, by group."""
    years: list[tuple[int, int]]
    """(year, number of plans) for the head of the matrix."""
    texts: list[PublishedEdition]
    """The newest texts, newest first."""
    changes: list[tuple[Entry, PublishedEdition]]
    """The newest corrections of editions, newest first."""
    reactions: list[Reaction]
    """The newest reactions, newest first."""

    @property
    def pair(self) -> str:
        """The lead comparison's part of an address."""
        return f"{self.lead.left}...{self.lead.right}" if self.lead else ""

    @property
    def other_count(self) -> int:
        return sum(len(rows) for _, rows in self.others)


def home_page(record: Record) -> HomePage:
    lead = record.catalogue.lead
    opened = _lead(record, lead) if lead else None
    featured = {i.slug for i in record.catalogue.issues if i.featured}
    years: dict[int, int] = {}
    for found in record.latest.values():
        years[found.edition.date.year] = years.get(found.edition.date.year, 0) + 1
    return HomePage(
        lead=lead if opened else None,
        comparison=opened,
        sections=[s for s in opened.sections if s.data["issue"] in featured] if opened else [],
        featured=[_row(record, i) for i in record.catalogue.issues if i.slug in featured],
        others=[
            (group, [_row(record, i) for i in group.issues if i.slug not in featured])
            for group in record.catalogue.groups
        ],
        years=list(years.items()),
        texts=record.editions[::-1][:5],
        changes=sorted(
            ((e.entry, e) for e in record.editions if e.entry.type != "first-publication"),
            key=lambda pair: -pair[0].serial,
        )[:5],
        reactions=sorted(record.reactions, key=lambda r: r.date)[::-1][:4],
    )


def _lead(record: Record, lead: LeadComparison) -> Comparison | None:
    pair = [record.latest.get(slug) for slug in (lead.left, lead.right)]
    if pair[0] is None or pair[1] is None or pair[0] is pair[1]:
        return None
    found = finding.by_pair(pair[0], pair[1])
    return open_comparison(found.body, found.token, found.turned)


def _row(record: Record, issue: Issue) -> MatrixRow:
    return MatrixRow(
        issue, [Cell(found, found.position(issue.slug)) for found in record.latest.values()]
    )


@dataclass(frozen=True)
class ChoosePage:
    chosen: list[str]
    """What the form was sent with: `plan` or `plan@edition`."""
    same_twice: bool
    fields: list[tuple[str, str]]
    """(letter, what is chosen for it)."""
    options: list[PublishedEdition]
    """Every edition, by date; a plan's latest is offered under the plan's own name."""
    revisions: list[tuple[PublishedEdition, PublishedEdition]]
    """A text and the one written as its revision."""


def choose_page(record: Record, chosen: list[str]) -> ChoosePage:
    return ChoosePage(
        chosen=chosen[:2],
        same_twice=len(chosen) > 1,
        fields=list(zip("AB", [*chosen[:2], "", ""], strict=False)),
        options=record.editions,
        revisions=[
            (record.by_key[e.edition.based_on], e)
            for e in record.editions
            if e.edition.based_on in record.by_key
        ],
    )


@dataclass(frozen=True)
class Notices:
    """What a reader of a comparison has to know about its texts."""

    withdrawn: list[PublishedEdition]
    later: list[Entry]
    """Publications of this pair after the one shown, oldest first."""
    changed: list[tuple[str, str]]
    """(issue, title) of issues that read differently now."""
    cited: Entry | None
    """The publication that is shown; None on the current page."""


def notices(record: Record, found: Found, opened: Comparison, permanent: bool) -> Notices:
    editions = [record.by_key.get(side.key) for side in opened.sides]
    withdrawn = [e for e in editions if e and e.withdrawn]
    if not permanent:
        return Notices(withdrawn, [], [], None)
    at = max(i for i, entry in enumerate(found.history) if entry.digest == found.digest)
    later = found.history[at + 1 :]
    changed: list[tuple[str, str]] = []
    if later:
        now: dict[str, Any] = published.parsed([later[-1].digest])[later[-1].digest]
        changed = changed_issues(found.body, now)
    return Notices(withdrawn, later, changed, found.history[at])
