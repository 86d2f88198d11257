"""Load plan files: checked as a set, then all loaded and published, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from comparisons.alignmentfiles import (
    FILE_KINDS,
    AlignmentFile,
    alignment_faults,
    links_of_file,
)
from comparisons.deriving import together
from comparisons.models import Alignment
from comparisons.rows import alignments_whole, links_of, save_links
from plans import documents as doc
from plans import planfiles, published, publishing, rows, saving
from plans.models import Edition, Issue, Party, Plan, Publication, Region
from plans.planfiles import CatalogueFile, Known, Loaded, PlanFile, ReactionsFile, Refused
from plans.publishing import WITHDRAWAL


@dataclass
class Report:
    """What a load did."""

    files: int
    published: list[str]
    """The keys of all documents that were published, in the order of the log."""


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
    before = published.last()
    _publish(loaded, _save(loaded), correct, reason)
    log = Publication.objects.filter(serial__gt=before).order_by("serial")
    return Report(len(loaded), list(log.values_list("key", flat=True)))


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
    """Write all rows; returns the alignments of the files."""
    catalogues: list[CatalogueFile] = _contents(loaded, CatalogueFile)
    for catalogue in catalogues:
        if catalogue.parties:
            saving.save_parties(catalogue.parties)
        if catalogue.groups:
            saving.save_groups(catalogue.groups)
        if catalogue.regions:
            saving.save_regions(catalogue.regions)
    _save_editions(_contents(loaded, PlanFile))
    for catalogue in catalogues:
        if catalogue.lead:
            saving.save_lead(catalogue.lead)
    for reactions in _contents(loaded, ReactionsFile):
        saving.save_reactions(reactions.reactions)
    return [_save_alignment(content) for content in _contents(loaded, AlignmentFile)]


def _save_editions(contents: list[PlanFile]) -> None:
    """Earlier texts first, since later ones may be based on them. Unchanged ones are left alone."""
    standing = {e.key: rows.edition_document(e) for e in rows.editions_whole()}
    pairs = [
        doc.EditionDocument(plan=content.plan, edition=edition)
        for content in contents
        for edition in content.editions
    ]
    plans = {content.plan.slug: saving.save_plan(content.plan) for content in contents}
    for document in sorted(pairs, key=lambda d: (d.edition.date, d.key)):
        before = standing.get(document.key)
        if before is None or before.edition != document.edition:
            saving.save_edition(plans[document.plan.slug], document.edition)


def _save_alignment(content: AlignmentFile) -> Alignment:
    left, right = _edition(content.left), _edition(content.right)
    links = links_of_file(content)
    standing = alignments_whole().filter(left=left, right=right).first()
    if standing and links_of(standing) == links:
        return standing
    return save_links(left, right, links)


def _edition(key: str) -> Edition:
    plan, _, slug = key.partition("@")
    return Edition.objects.get(plan__slug=plan, slug=slug)


# --- the log --------------------------------------------------------------------------------------


def _publish(
    loaded: list[Loaded], reviewed: list[Alignment], correct: str | None, reason: str
) -> None:
    """Publish what changed, earlier texts first; comparisons follow of themselves."""
    # A withdrawal concerns the texts that are named, and nothing else.
    others = {"type": correct, "reason": reason} if correct and correct != WITHDRAWAL else {}
    review = others or {"type": "clarification", "reason": "The alignment was reviewed."}
    with together(reviewed, review):
        publishing.publish_catalogue(**others)
        for edition in _editions_to_publish(loaded):
            _publish_edition(edition, correct, reason)
        publishing.publish_reactions(**others)


def _editions_to_publish(loaded: list[Loaded]) -> list[Edition]:
    """Those of the files, and published ones of the same plans: a title stands in each of them."""
    contents = _contents(loaded, PlanFile)
    named = {f"{content.plan.slug}@{e.slug}" for content in contents for e in content.editions}
    editions = Edition.objects.filter(plan__slug__in=[content.plan.slug for content in contents])
    return [
        edition
        for edition in editions.select_related("plan").order_by("date", "plan__slug", "slug")
        if edition.key in named or publishing.current(publishing.edition_key(edition.key))
    ]


def _publish_edition(edition: Edition, correct: str | None, reason: str) -> None:
    if not publishing.current(publishing.edition_key(edition.key)):
        publishing.publish_edition(edition)
    elif correct:
        publishing.publish_edition(edition, type=correct, reason=reason)
    elif publishing.has_changes(edition):
        raise Refused(
            [f"{edition.key} is published and would change: expected --correct TYPE --reason '…'"]
        )
