"""Rows → immutable Document + append-only Publication.

Everything here runs inside one transaction; what must follow (alignments and comparisons) is a
signal sent inside that transaction, so that readers see all of it or nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.dispatch import Signal
from django.utils import timezone
from pydantic import ValidationError

from plans import documents as doc
from plans import published
from plans.checks import Where, edition_faults
from plans.models import Document, Edition, Issue, Party, Publication, Region, User
from plans.rows import catalogue_record, edition_document, editions_whole, reactions_record

FIRST = "first-publication"
WITHDRAWAL = "withdrawal"
CORRECTION_TYPES = tuple(doc.CorrectionType.__args__)  # type: ignore[attr-defined]

# Sent with `publication` (the new entry) and `before` (the document that it replaces, or None).
edition_published = Signal()
catalogue_published = Signal()


class Blocked(Exception):
    """Publication is refused; `faults` say what blocks it, one sentence each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def edition_key(key: str) -> str:
    return f"edition/{key}"


def current(key: str) -> Publication | None:
    """The latest publication of a key."""
    return Publication.objects.filter(key=key).order_by("-serial").first()


def record_of(edition: Edition) -> tuple[doc.EditionDocument, list[str]]:
    """An edition's rows as a checked record, and all that blocks its publication, in words."""
    whole = editions_whole().get(pk=edition.pk)
    document = edition_document(whole)

    def place(*path: str | int) -> str:
        return _place(document, *path)

    try:
        document = doc.adapter(doc.EditionDocument).validate_python(doc.to_json(document))
        faults = []
    except ValidationError as error:
        faults = [f"{place(*e['loc'][1:])}: {e['msg']}" for e in error.errors()]
    base = editions_whole().filter(pk=edition.based_on_id or 0)
    known = Where(
        parties=set(Party.objects.values_list("slug", flat=True)),
        issues=set(Issue.objects.values_list("slug", flat=True)),
        regions=set(Region.objects.values_list("slug", flat=True)),
        editions={e.key: edition_document(e) for e in base},
    )
    return document, [*faults, *edition_faults(document, known, place)]


def blockers(edition: Edition) -> list[str]:
    """All that blocks this edition's publication, in words for an editor."""
    return record_of(edition)[1]


def _place(document: doc.EditionDocument, *path: str | int) -> str:
    """A path into the record, as an editor would say it: `provision 10.c, figures`."""
    match path:
        case ["provisions", int(index), *rest]:
            words = [f"provision {document.edition.provisions[index].number}", *rest]
        case ["positions", int(index), *rest]:
            words = [f"position on {document.edition.positions[index].issue}", *rest]
        case ["regions", int(index), *rest]:
            words = [f"region {document.edition.regions[index].region}", *rest]
        case ["sources", int(index), *rest]:
            words = [f"source {document.edition.sources[index].id}", *rest]
        case _:
            words = list(path)
    return ", ".join(str(word + 1 if isinstance(word, int) else word) for word in words)


def append(
    key: str, record: Any, *, type: str, reason: str = "", by: User | None = None
) -> Publication | None:
    """Store a document and log it under `key`; None if it is current already.

    The serial is the next whole number: publishing takes turns, so that a reader who has seen
    one serial has seen all before it.
    """
    body = doc.canonical(doc.to_json(record))
    digest = doc.digest_of(body)
    _take_turn()
    latest = current(key)
    # A withdrawal, and taking one back, are news even where the text is the same.
    same_state = latest and (type == WITHDRAWAL) == (latest.type == WITHDRAWAL)
    if latest and latest.document_id == digest and same_state:
        return None
    if not Document.objects.filter(pk=digest).exists():
        Document.objects.create(digest=digest, body=body.decode())
    transaction.on_commit(published.forget_serial)
    return Publication.objects.create(
        serial=published.last() + 1,
        key=key,
        document_id=digest,
        type=type if latest else FIRST,
        reason=reason if latest else "",
        by=by,
        at=timezone.now(),
    )


def _take_turn() -> None:
    # SQLite takes its one write lock when the transaction begins (settings: IMMEDIATE).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE plans_publication IN SHARE ROW EXCLUSIVE MODE")


@transaction.atomic
def publish_edition(
    edition: Edition, *, type: str = FIRST, reason: str = "", by: User | None = None
) -> Publication | None:
    """Publish an edition's rows as they stand; raises Blocked. None if nothing changed.

    The first time the type is `first-publication`; later it is a correction type with a reason.
    """
    _take_turn()  # so that what is published now is still that when the log is written
    record, faults = record_of(edition)
    if faults:
        raise Blocked(faults)
    key = edition_key(edition.key)
    before = current(key)
    if before and type not in CORRECTION_TYPES:
        raise Blocked(
            [f"{edition.key} is published: a change needs one of {', '.join(CORRECTION_TYPES)}"]
        )
    if before and not reason.strip():
        raise Blocked(["a correction needs a reason, which readers will see"])
    made = append(key, record, type=type, reason=reason.strip(), by=by)
    if made:
        edition_published.send(
            Edition, publication=made, before=before.document if before else None
        )
    return made


@transaction.atomic
def publish_catalogue(
    *, type: str = "clarification", reason: str = "The catalogue was revised.", by: Any = None
) -> Publication | None:
    """Publish issues, groups, parties, regions and the lead comparison. None if unchanged."""
    made = append("catalogue", catalogue_record(), type=type, reason=reason, by=by)
    if made:
        catalogue_published.send(Issue, publication=made)
    return made


@transaction.atomic
def publish_reactions(
    *, type: str = "clarification", reason: str = "Reactions were added.", by: Any = None
) -> Publication | None:
    """Publish all reactions. None if unchanged."""
    return append("reactions", reactions_record(), type=type, reason=reason, by=by)


def current_of(keys: Iterable[str]) -> list[Publication]:
    """The latest publication of each of these keys that has one."""
    return list(Publication.objects.filter(key__in=list(keys)).current())


def has_changes(edition: Edition) -> bool:
    """Whether a published edition's rows differ from what readers see."""
    shown = current(edition_key(edition.key))
    body = doc.canonical(doc.to_json(record_of(edition)[0]))
    return shown is not None and shown.document_id != doc.digest_of(body)
