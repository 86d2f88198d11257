"""Records (plans/documents.py) written as editing rows (plans/models.py), in few queries."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models as db

from plans import documents as doc
from plans.models import (
    BoundParty,
    Citation,
    Edition,
    Figure,
    Issue,
    IssueGroup,
    LeadComparison,
    Party,
    Plan,
    Position,
    PositionProvision,
    Provision,
    ProvisionIssue,
    Reaction,
    ReactionSource,
    Region,
    RegionStatus,
    RegionStatusProvision,
    Source,
    Sponsor,
    Variant,
    VariantCitation,
)


def save_groups(groups: Iterable[doc.IssueGroup]) -> None:
    groups = list(groups)
    _upsert(IssueGroup, [(g.slug, {"title": g.title}) for g in groups])
    by_slug = {g.slug: g for g in IssueGroup.objects.all()}
    _upsert(
        Issue,
        [
            (
                i.slug,
                {
                    "group": by_slug[g.slug],
                    "title": i.title,
                    "question": i.question,
                    "description": i.description,
                    "answer": i.answer or "",
                    "featured": i.featured,
                },
            )
            for g in groups
            for i in g.issues
        ],
    )


def save_parties(parties: Iterable[doc.Party]) -> None:
    _upsert(
        Party,
        [(p.slug, {"name": p.name, "short_name": p.short_name, "kind": p.kind}) for p in parties],
    )


def save_regions(regions: Iterable[doc.Region]) -> None:
    _upsert(Region, [(r.slug, {"name": r.name}) for r in regions])


def save_lead(lead: doc.LeadComparison) -> None:
    plans = {p.slug: p for p in Plan.objects.filter(slug__in=(lead.left, lead.right))}
    LeadComparison.objects.update_or_create(
        id=1,
        defaults={
            "left": plans[lead.left],
            "right": plans[lead.right],
            "title": lead.title,
            "summary": lead.summary,
        },
    )


def _upsert(model: Any, entries: list[tuple[str, dict[str, Any]]]) -> None:
    """Write rows by slug. A list that names all that stands sets the order; else it appends."""
    standing = set(model.objects.values_list("slug", flat=True))
    covers = standing <= {slug for slug, _ in entries}
    last = model.objects.aggregate(db.Max("order"))["order__max"] or 0
    for place, (slug, values) in enumerate(entries):
        if covers:
            values = {**values, "order": place}
        create = values if covers else {**values, "order": last + 1 + place}
        model.objects.update_or_create(slug=slug, defaults=values, create_defaults=create)


def save_plan(record: doc.Plan) -> Plan:
    plan, _ = Plan.objects.update_or_create(
        slug=record.slug,
        defaults={
            "title": record.title,
            "short_title": record.short_title,
            "summary": record.summary,
        },
    )
    plan.sponsors.all().delete()
    parties = {p.slug: p for p in Party.objects.filter(slug__in=record.sponsors)}
    Sponsor.objects.bulk_create(
        Sponsor(plan=plan, party=parties[slug], order=place)
        for place, slug in enumerate(record.sponsors)
    )
    return plan


def save_edition(plan: Plan, record: doc.Edition) -> Edition:
    """Write an edition whose record has no faults (plans/checks.py).

    A provision keeps its row while it keeps its number, since alignments refer to that row.
    """
    edition, _ = Edition.objects.update_or_create(
        plan=plan,
        slug=record.slug,
        defaults={
            "label": record.label,
            "date": record.date,
            "status": record.status,
            "language": record.language,
            "based_on": _find_edition(record.based_on),
            "complete": record.complete,
            "gaps": record.gaps or "",
            "provenance": record.provenance,
        },
    )
    edition.positions.all().delete()
    edition.regions.all().delete()
    edition.sources.all().delete()
    sources = _bulk(
        Source(
            edition=edition,
            key=s.id,
            publisher=s.publisher,
            title=s.title or "",
            url=s.url or "",
            date=s.date,
            kind=s.kind,
            order=place,
        )
        for place, s in enumerate(record.sources)
    )
    provisions = _save_provisions(edition, record.provisions)
    _save_details(record.provisions, provisions, {s.key: s for s in sources})
    _save_positions(edition, record, provisions)
    return edition


def _find_edition(key: str | None) -> Edition | None:
    if key is None:
        return None
    plan, _, slug = key.partition("@")
    return Edition.objects.get(plan__slug=plan, slug=slug)


def _bulk(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    return type(rows[0]).objects.bulk_create(rows) if rows else []


def _save_provisions(edition: Edition, records: tuple[doc.Provision, ...]) -> dict[str, Provision]:
    edition.provisions.update(parent=None)  # a vanished parent may leave its sub-points
    edition.provisions.exclude(number__in=[r.number for r in records]).delete()
    rows = {p.number: p for p in edition.provisions.all()}
    fresh = []
    for place, record in enumerate(records):
        row = rows.get(record.number)
        if row is None:
            row = rows[record.number] = Provision(edition=edition, number=record.number)
            fresh.append(row)
        row.order = place
        row.parent = None
        row.kind = record.kind
        row.text = record.text
        row.original = record.original or ""
        row.original_language = record.original_language or ""
        row.force = record.force
        row.confidence = record.confidence
        row.note = record.note or ""
    Provision.objects.bulk_create(fresh)
    for record in records:
        rows[record.number].parent = rows[record.parent] if record.parent else None
    fields = "order parent kind text original original_language force confidence note".split()
    Provision.objects.bulk_update(rows.values(), fields, batch_size=50)
    return rows


def _save_details(
    records: tuple[doc.Provision, ...], rows: dict[str, Provision], sources: dict[str, Source]
) -> None:
    of = {"provision__in": list(rows.values())}
    for model in (ProvisionIssue, BoundParty, Citation, Figure, Variant):
        model.objects.filter(**of).delete()
    issues = {i.slug: i for i in Issue.objects.all()}
    parties = {p.slug: p for p in Party.objects.all()}
    for model, field, column, target in (
        (ProvisionIssue, "issues", "issue", issues),
        (BoundParty, "bound", "party", parties),
        (Citation, "sources", "source", sources),
    ):
        _bulk(
            model(provision=rows[r.number], order=place, **{column: target[slug]})
            for r in records
            for place, slug in enumerate(getattr(r, field))
        )
    _bulk(
        Figure(
            provision=rows[r.number],
            order=place,
            measure=f.measure,
            name=f.name,
            value=f.value,
            unit=f.unit,
            bound=f.bound,
            condition=f.condition or "",
        )
        for r in records
        for place, f in enumerate(r.figures)
    )
    pairs = [(r, place, v) for r in records for place, v in enumerate(r.variants)]
    variants = _bulk(
        Variant(provision=rows[r.number], order=place, text=v.text) for r, place, v in pairs
    )
    _bulk(
        VariantCitation(variant=row, source=sources[slug], order=place)
        for row, (_, _, v) in zip(variants, pairs, strict=True)
        for place, slug in enumerate(v.sources)
    )


def _save_positions(edition: Edition, record: doc.Edition, rows: dict[str, Provision]) -> None:
    issues = {i.slug: i for i in Issue.objects.all()}
    regions = {r.slug: r for r in Region.objects.all()}
    positions = _bulk(
        Position(edition=edition, issue=issues[p.issue], kind=p.kind, stance=p.stance, order=place)
        for place, p in enumerate(record.positions)
    )
    _rest(positions, record.positions, rows, PositionProvision, "position")
    statuses = _bulk(
        RegionStatus(
            edition=edition,
            region=regions[r.region],
            status=r.status,
            note=r.note or "",
            order=place,
        )
        for place, r in enumerate(record.regions)
    )
    _rest(statuses, record.regions, rows, RegionStatusProvision, "region_status")


def _rest(
    made: list[Any],
    records: Iterable[Any],
    provisions: dict[str, Provision],
    model: Callable[..., Any],
    column: str,
) -> None:
    _bulk(
        model(provision=provisions[number], order=place, **{column: row})
        for row, record in zip(made, records, strict=True)
        for place, number in enumerate(record.provisions)
    )


def save_reactions(records: Iterable[doc.Reaction]) -> None:
    """Write reactions; one of the same party, speaker, day and edition is replaced."""
    parties = {p.slug: p for p in Party.objects.all()}
    editions = {e.key: e for e in Edition.objects.select_related("plan")}
    for place, record in enumerate(records):
        row, _ = Reaction.objects.update_or_create(
            party=parties[record.party],
            speaker=record.speaker,
            date=record.date,
            edition=editions[f"{record.plan}@{record.edition}"],
            defaults={"attitude": record.attitude, "text": record.text, "order": place},
        )
        row.sources.all().delete()
        _bulk(
            ReactionSource(
                reaction=row,
                publisher=s.publisher,
                title=s.title or "",
                url=s.url or "",
                date=s.date,
                order=index,
            )
            for index, s in enumerate(record.sources)
        )
