"""Editing rows (plans/models.py) as records (plans/documents.py), in a constant number of queries.

The other direction is plans/saving.py; together they lose nothing.
"""

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
