"""Load plan files: checked as a set, then all loaded and published, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from comparisons.alignmentfiles import (
    FILE_KINDS,
    AlignmentFile,
    alignment_faults,
    links_of_file,
)
from comparisons.deriving import publish_alignment
from comparisons.models import Alignment
from comparisons.rows import alignments_whole, links_of, save_links
from plans import documents as doc
from plans import planfiles, publishing, rows
from plans.models import Edition, Issue, Party, Plan, Region
from plans.planfiles import CatalogueFile, Known, Loaded, PlanFile, ReactionsFile, Refused


@dataclass
class Report:
    """What a load did."""

    files: int = 0
    published: list[str] = field(default_factory=list)


@transaction.atomic
def load(paths: Iterable[Path], *, correct: str | None = None, reason: str = "") -> Report:
    """Load files or folders; raises planfiles.Refused, and then nothing has changed.

    `correct` and `reason` are needed when a published edition changes.
    """
    loaded = planfiles.read_all(paths, FILE_KINDS)
    known = _known()
    faults = planfiles.check_set(loaded, known)
    faults += alignment_faults(loaded, known)
    if faults:
        raise Refused(faults)
    if correct is None:
        _refuse_changes(loaded)
    report = Report(files=len(loaded))
    changed = _save(loaded)
    _publish(loaded, changed, report, correct, reason)
    return report


def _known() -> Known:
    """What the database holds already."""
    return Known(
        parties=set(Party.objects.values_list("slug", flat=True)),
        issues=set(Issue.objects.values_list("slug", flat=True)),
        regions=set(Region.objects.values_list("slug", flat=True)),
        plans=set(Plan.objects.values_list("slug", flat=True)),
        short_titles=dict(Plan.objects.values_list("short_title", "slug")),
        editions={e.key: rows.edition_document(e) for e in rows.editions_whole()},
    )


def _refuse_changes(loaded: list[Loaded]) -> None:
    """A published edition that would change needs a type and a reason."""
    faults = []
    contents = [file.content for file in loaded]
    named = {
        publishing.edition_key(f"{c.plan.slug}@{e.slug}")
        for c in contents
        if isinstance(c, PlanFile)
        for e in c.editions
    }
    current = {p.key: p.document_id for p in publishing.current_of(named)}
    for file in loaded:
        if not isinstance(file.content, PlanFile):
            continue
        for index, edition in enumerate(file.content.editions):
            document = doc.EditionDocument(plan=file.content.plan, edition=edition)
            digest = current.get(publishing.edition_key(document.key))
            if digest and digest != doc.digest_of(doc.canonical(doc.to_json(document))):
                faults.append(
                    f"{file.at('editions', index)}: {document.key} is published and would change: "
                    "expected the same, or --correct TYPE --reason '…' with TYPE one of "
                    f"{', '.join(publishing.CORRECTION_TYPES)}"
                )
    if faults:
        raise Refused(faults)


# --- rows -----------------------------------------------------------------------------------------


def _contents(loaded: list[Loaded], kind: type) -> list:
    return [file.content for file in loaded if isinstance(file.content, kind)]


def _save(loaded: list[Loaded]) -> list[Alignment]:
    """Write all rows; returns the alignments that changed."""
    catalogues: list[CatalogueFile] = _contents(loaded, CatalogueFile)
    for catalogue in catalogues:
        if catalogue.parties:
            rows.save_parties(catalogue.parties)
        if catalogue.groups:
            rows.save_groups(catalogue.groups)
        if catalogue.regions:
            rows.save_regions(catalogue.regions)
    _save_editions(_contents(loaded, PlanFile))
    for catalogue in catalogues:
        if catalogue.lead:
            rows.save_lead(catalogue.lead)
    for reactions in _contents(loaded, ReactionsFile):
        rows.save_reactions(reactions.reactions)
    return [
        alignment
        for content in _contents(loaded, AlignmentFile)
        if (alignment := _save_alignment(content))
    ]


def _save_editions(contents: list[PlanFile]) -> None:
    """Earlier texts first, since later ones may be based on them. Unchanged ones are left alone."""
    standing = {e.key: rows.edition_document(e) for e in rows.editions_whole()}
    pairs = [
        doc.EditionDocument(plan=content.plan, edition=edition)
        for content in contents
        for edition in content.editions
    ]
    plans = {content.plan.slug: rows.save_plan(content.plan) for content in contents}
    for document in sorted(pairs, key=lambda d: (d.edition.date, d.key)):
        before = standing.get(document.key)
        if before is None or before.edition != document.edition:
            rows.save_edition(plans[document.plan.slug], document.edition)


def _save_alignment(content: AlignmentFile) -> Alignment | None:
    left, right = _edition(content.left), _edition(content.right)
    links = links_of_file(content)
    standing = alignments_whole().filter(left=left, right=right).first()
    if standing and links_of(standing) == links:
        return None
    return save_links(left, right, links)


def _edition(key: str) -> Edition:
    plan, _, slug = key.partition("@")
    return Edition.objects.get(plan__slug=plan, slug=slug)


# --- the log --------------------------------------------------------------------------------------


def _publish(
    loaded: list[Loaded],
    changed: list[Alignment],
    report: Report,
    correct: str | None,
    reason: str,
) -> None:
    """Publish what changed, earlier texts first; comparisons follow of themselves."""
    about = {"type": correct, "reason": reason} if correct else {}
    made = [publishing.publish_catalogue(**about)]
    plans = [content.plan.slug for content in _contents(loaded, PlanFile)]
    editions = Edition.objects.filter(plan__slug__in=plans).select_related("plan")
    wanted = {
        f"{content.plan.slug}@{edition.slug}"
        for content in _contents(loaded, PlanFile)
        for edition in content.editions
    }
    for edition in editions.order_by("date", "plan__slug", "slug"):
        # A plan's title stands in each of its editions: all published ones follow it.
        if edition.key in wanted or publishing.current(publishing.edition_key(edition.key)):
            made.append(_publish_edition(edition, correct, reason))
    made.append(publishing.publish_reactions(**about))
    words = about or {"type": "clarification", "reason": "The alignment was reviewed."}
    made += [publish_alignment(alignment, **words) for alignment in changed]
    report.published = [publication.key for publication in made if publication]


def _publish_edition(edition: Edition, correct: str | None, reason: str):
    key = publishing.edition_key(edition.key)
    if not publishing.current(key):
        return publishing.publish_edition(edition)
    if not publishing.has_changes(edition):
        return None
    if correct is None:
        raise Refused(
            [f"{edition.key} is published and would change: expected --correct TYPE --reason '…'"]
        )
    return publishing.publish_edition(edition, type=correct, reason=reason)
