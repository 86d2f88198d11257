"""Records (plans/documents.py) ⇄ editing rows (plans/models.py), losslessly and in few queries."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models as db
from django.db.models import Prefetch

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

# --- rows to records --------------------------------------------------------------------------


def _with(queryset: db.QuerySet[Any], *related: str) -> db.QuerySet[Any]:
    return queryset.select_related(*related).order_by("order", "id")


def editions_whole() -> db.QuerySet[Edition]:
    """Editions with all that hangs on them: a constant number of queries for any number."""
    provision = Provision.objects.order_by("order", "id").select_related("parent")
    return Edition.objects.select_related("plan", "based_on__plan").prefetch_related(
        Prefetch("plan__sponsors", _with(Sponsor.objects, "party")),
        Prefetch("sources", Source.objects.order_by("order", "id")),
        Prefetch("provisions", provision),
        Prefetch("provisions__issues", _with(ProvisionIssue.objects, "issue")),
        Prefetch("provisions__bound", _with(BoundParty.objects, "party")),
        Prefetch("provisions__citations", _with(Citation.objects, "source")),
        Prefetch("provisions__figures", Figure.objects.order_by("order", "id")),
        Prefetch("provisions__variants", Variant.objects.order_by("order", "id")),
        Prefetch("provisions__variants__citations", _with(VariantCitation.objects, "source")),
        Prefetch("positions", _with(Position.objects, "issue")),
        Prefetch("positions__rests_on", _with(PositionProvision.objects, "provision")),
        Prefetch("regions", _with(RegionStatus.objects, "region")),
        Prefetch("regions__rests_on", _with(RegionStatusProvision.objects, "provision")),
    )


def edition_document(edition: Edition) -> doc.EditionDocument:
    """The record of one edition; cheap if it comes from `editions_whole()`."""
    return doc.EditionDocument(
        plan=plan_record(edition.plan),
        edition=doc.Edition(
            slug=edition.slug,
            label=edition.label,
            date=edition.date,
            status=edition.status,
            language=edition.language,
            based_on=edition.based_on.key if edition.based_on else None,
            complete=edition.complete,
            gaps=edition.gaps or None,
            provenance=edition.provenance,
            sources=tuple(
                doc.Source(id=s.key, kind=s.kind, **_printed(s)) for s in edition.sources.all()
            ),
            provisions=tuple(_provision_record(p) for p in edition.provisions.all()),
            positions=tuple(
                doc.Position(
                    issue=p.issue.slug, kind=p.kind, stance=p.stance, provisions=_numbers(p)
                )
                for p in edition.positions.all()
            ),
            regions=tuple(
                doc.RegionStatus(
                    region=r.region.slug,
                    status=r.status,
                    provisions=_numbers(r),
                    note=r.note or None,
                )
                for r in edition.regions.all()
            ),
        ),
    )


def plan_record(plan: Plan) -> doc.Plan:
    """The record of the plan itself."""
    return doc.Plan(
        slug=plan.slug,
        title=plan.title,
        short_title=plan.short_title,
        sponsors=tuple(s.party.slug for s in plan.sponsors.all()),
        summary=plan.summary,
    )


def _printed(source: Source | ReactionSource) -> dict[str, Any]:
    return {
        "publisher": source.publisher,
        "title": source.title or None,
        "url": source.url or None,
        "date": source.date,
    }


def _numbers(row: Position | RegionStatus) -> tuple[str, ...]:
    return tuple(link.provision.number for link in row.rests_on.all())


def _provision_record(row: Provision) -> doc.Provision:
    return doc.Provision(
        number=row.number,
        parent=row.parent.number if row.parent else None,
        kind=row.kind,
        text=row.text,
        original=row.original or None,
        original_language=row.original_language or None,
        issues=tuple(link.issue.slug for link in row.issues.all()),
        bound=tuple(link.party.slug for link in row.bound.all()),
        force=row.force,
        figures=tuple(
            doc.Figure(
                measure=f.measure,
                name=f.name,
                value=f.value,
                unit=f.unit,
                bound=f.bound,
                condition=f.condition or None,
            )
            for f in row.figures.all()
        ),
        sources=tuple(c.source.key for c in row.citations.all()),
        confidence=row.confidence,
        variants=tuple(
            doc.Variant(text=v.text, sources=tuple(c.source.key for c in v.citations.all()))
            for v in row.variants.all()
        ),
        note=row.note or None,
    )


def catalogue_record() -> doc.Catalogue:
    """The catalogue as the rows have it, in the order of the rows."""
    groups = IssueGroup.objects.order_by("order", "id").prefetch_related(
        Prefetch("issues", Issue.objects.order_by("order", "id"))
    )
    lead = LeadComparison.objects.select_related("left", "right").first()
    return doc.Catalogue(
        groups=tuple(
            doc.IssueGroup(
                slug=g.slug,
                title=g.title,
                issues=tuple(
                    doc.Issue(
                        slug=i.slug,
                        title=i.title,
                        question=i.question,
                        description=i.description,
                        answer=i.answer or None,
                        featured=i.featured,
                    )
                    for i in g.issues.all()
                ),
            )
            for g in groups
        ),
        parties=tuple(
            doc.Party(slug=p.slug, name=p.name, short_name=p.short_name, kind=p.kind)
            for p in Party.objects.order_by("order", "id")
        ),
        regions=tuple(
            doc.Region(slug=r.slug, name=r.name) for r in Region.objects.order_by("order", "id")
        ),
        lead=lead
        and doc.LeadComparison(
            left=lead.left.slug, right=lead.right.slug, title=lead.title, summary=lead.summary
        ),
    )


def reactions_record() -> doc.Reactions:
    """All reactions, oldest first."""
    rows = Reaction.objects.select_related("party", "edition__plan").prefetch_related(
        Prefetch("sources", ReactionSource.objects.order_by("order", "id"))
    )
    return doc.Reactions(
        reactions=tuple(
            doc.Reaction(
                party=r.party.slug,
                speaker=r.speaker,
                date=r.date,
                plan=r.edition.plan.slug,
                edition=r.edition.slug,
                attitude=r.attitude,
                text=r.text,
                sources=tuple(doc.ReactionSource(**_printed(s)) for s in r.sources.all()),
            )
            for r in rows.order_by("date", "order", "id")
        )
    )


# --- records to rows --------------------------------------------------------------------------


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
