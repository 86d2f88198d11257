"""Alignment links (comparisons/align.py) ⇄ editing rows."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from comparisons.align import Link
from comparisons.models import Alignment, LinkChange, LinkMember
from comparisons.models import Link as LinkRow
from plans.models import Edition, Issue


def alignments_whole() -> QuerySet[Alignment]:
    """Alignments with all that hangs on them, in a constant number of queries."""
    return Alignment.objects.select_related("left__plan", "right__plan").prefetch_related(
        Prefetch("links", LinkRow.objects.order_by("order", "id")),
        Prefetch(
            "links__members",
            LinkMember.objects.order_by("order", "id").select_related("provision"),
        ),
        Prefetch(
            "links__changes", LinkChange.objects.order_by("order", "id").select_related("issue")
        ),
    )


def links_of(alignment: Alignment) -> list[Link]:
    """The links of an alignment from `alignments_whole()`. Links without members are left out."""
    links = []
    for row in alignment.links.all():
        members = list(row.members.all())
        link = Link(
            left=tuple(m.provision.number for m in members if m.side == "left"),
            right=tuple(m.provision.number for m in members if m.side == "right"),
            relation=row.relation,
            change=row.change or None,
            changes={c.issue.slug: c.sentence for c in row.changes.all()},
            reviewed=row.reviewed,
            stale=row.stale,
            score=row.score,
        )
        if link.left or link.right:
            links.append(link)
    return links


def save_links(left: Edition, right: Edition, links: Iterable[Link]) -> Alignment:
    """Replace an alignment's links by these."""
    links = list(links)
    alignment, _ = Alignment.objects.get_or_create(left=left, right=right)
    alignment.links.all().delete()
    rows = LinkRow.objects.bulk_create(
        LinkRow(
            alignment=alignment,
            order=place,
            relation=link.relation,
            change=link.change or "",
            reviewed=link.reviewed,
            stale=link.stale,
            score=link.score,
        )
        for place, link in enumerate(links)
    )
    numbers = {
        (side, p.number): p
        for side, edition in (("left", left), ("right", right))
        for p in edition.provisions.all()
    }
    LinkMember.objects.bulk_create(
        LinkMember(
            link=row,
            alignment=alignment,
            side=side,
            provision=numbers[side, number],
            order=place,
        )
        for row, link in zip(rows, links, strict=True)
        for side in ("left", "right")
        for place, number in enumerate(getattr(link, side))
    )
    issues = {i.slug: i for i in Issue.objects.all()}
    LinkChange.objects.bulk_create(
        LinkChange(link=row, issue=issues[slug], sentence=sentence, order=place)
        for row, link in zip(rows, links, strict=True)
        for place, (slug, sentence) in enumerate(link.changes.items())
    )
    return alignment
