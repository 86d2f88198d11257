"""What the plan and issue pages show, as one documented object each."""

from collections import Counter
from dataclasses import dataclass

from plans.documents import Issue, Provision, Reaction, RegionStatus, Source
from plans.record import PositionView, PublishedEdition, Record


@dataclass(frozen=True)
class PointView:
    """A provision with its sources looked up."""

    provision: Provision
    sources: tuple[Source, ...]
    variants: tuple[tuple[str, tuple[Source, ...]], ...]
    depth: int


@dataclass(frozen=True)
class EditionPage:
    """One edition, point by point."""

    published: PublishedEdition
    editions: list[PublishedEdition]
    """All editions of the plan, oldest first."""
    based_on: PublishedEdition | None
    confidence: list[tuple[str, int]]
    """How many provisions are how sure, in the order of certainty."""
    positions: list[tuple[Issue, PositionView]]
    """By issue, in the order of the catalogue; only those that the edition has."""
    unsettled: dict[str, list[tuple[Issue, PositionView]]]
    """left-open, dropped and unread positions."""
    regions: list[tuple[str, list[RegionStatus]]]
    points: list[PointView]
    others: list[PublishedEdition]
    """The latest editions of other plans, and other editions of this one: to compare with."""
    reactions: list[Reaction]
    """Reactions to any edition of this plan, oldest first."""

    @property
    def is_latest(self) -> bool:
        return self.editions[-1] is self.published


def edition_page(record: Record, found: PublishedEdition) -> EditionPage:
    edition = found.edition
    counted = Counter(p.confidence for p in edition.provisions)
    positions = [
        (issue, found.position(issue.slug))
        for issue in record.catalogue.issues
        if any(p.issue == issue.slug for p in edition.positions)
    ]
    regions: dict[str, list[RegionStatus]] = {}
    for entry in edition.regions:
        regions.setdefault(entry.region, []).append(entry)
    mine = record.editions_of(found.plan.slug)
    others = [e for e in record.latest.values() if e.plan.slug != found.plan.slug]
    return EditionPage(
        published=found,
        editions=mine,
        based_on=record.by_key.get(edition.based_on or ""),
        confidence=[
            (kind, counted[kind])
            for kind in ("corroborated", "single-source", "inferred")
            if counted[kind]
        ],
        positions=positions,
        unsettled={
            kind: [(i, p) for i, p in positions if p.kind == kind]
            for kind in ("left-open", "dropped", "unread")
        },
        regions=list(regions.items()),
        points=point_views(found),
        others=[e for e in mine if e is not found] + others,
        reactions=[r for r in record.reactions if r.plan == found.plan.slug],
    )


def point_views(found: PublishedEdition) -> list[PointView]:
    """The provisions in the document's order, each with how deep it stands."""
    depth: dict[str | None, int] = {None: -1}
    views = []
    for provision in found.edition.provisions:
        depth[provision.number] = depth.get(provision.parent, -1) + 1
        views.append(point_view(found.sources, provision, depth[provision.number]))
    return views


def point_view(sources: dict[str, Source], provision: Provision, depth: int = 0) -> PointView:
    return PointView(
        provision=provision,
        sources=tuple(sources[s] for s in provision.sources),
        variants=tuple((v.text, tuple(sources[s] for s in v.sources)) for v in provision.variants),
        depth=depth,
    )


@dataclass(frozen=True)
class IssueEntry:
    """What one plan says on the issue."""

    published: PublishedEdition
    position: PositionView
    points: list[PointView]
    """The provisions that bear on the issue."""


@dataclass(frozen=True)
class IssuePage:
    """One issue across all plans, plans by date."""

    issue: Issue
    entries: list[IssueEntry]
    previous: Issue | None
    next: Issue | None
    pairs: list[tuple[PublishedEdition, PublishedEdition]]
    """Pairs worth comparing on this issue: a text and the one written as its revision."""

    @property
    def stated(self) -> int:
        return sum(entry.position.kind == "stated" for entry in self.entries)


def issue_page(record: Record, issue: Issue) -> IssuePage:
    order = record.catalogue.issues
    at = [i.slug for i in order].index(issue.slug)
    entries = [
        IssueEntry(
            published=found,
            position=found.position(issue.slug),
            points=[point_view(found.sources, p) for p in found.bearing_on(issue.slug)],
        )
        for found in record.latest.values()
    ]
    pairs = [
        (record.by_key[e.edition.based_on], e)
        for e in record.latest.values()
        if e.edition.based_on in record.by_key
    ]
    return IssuePage(
        issue=issue,
        entries=entries,
        previous=order[at - 1] if at else None,
        next=order[at + 1] if at + 1 < len(order) else None,
        pairs=pairs,
    )
