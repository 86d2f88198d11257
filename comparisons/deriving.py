"""What follows from publishing: alignments and comparisons of every pair of published editions.

All of it happens inside the publishing transaction. An alignment comes from the editors' rows
where there are any, else from the engine. A comparison is stored once, the earlier text left.
"""

import base64
import dataclasses
import logging
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from comparisons.align import Link, in_order, link_text, links_from_json, relation_of, suggest
from comparisons.compare import ENGINE, compare
from comparisons.models import Alignment
from comparisons.rows import alignments_whole, links_of, save_links
from plans import published
from plans.documents import SCHEMA, Catalogue, EditionDocument, Provision, to_json
from plans.models import Document, Edition, Publication, User
from plans.publishing import append, catalogue_published, edition_key, edition_published
from plans.rows import edition_document, editions_whole

logger = logging.getLogger(__name__)


def token_of(digest: str) -> str:
    """The permanent link's token: the first 20 base32 characters, lower case, of a SHA-256."""
    return base64.b32encode(bytes.fromhex(digest)).decode()[:20].lower()


def pair_key(kind: str, left: str, right: str) -> str:
    """`comparison/<a>...<b>` or `alignment/<a>...<b>`, the earlier edition first."""
    return f"{kind}/{left}...{right}"


def earlier_first(
    a: EditionDocument, b: EditionDocument
) -> tuple[EditionDocument, EditionDocument]:
    """By date; of one date, the lesser `plan@edition` first."""
    first, second = sorted((a, b), key=lambda d: (d.edition.date, d.key))
    return first, second


@receiver(edition_published)
def _on_edition(publication: Publication, before: Document | None, **_: Any) -> None:
    key = publication.key.removeprefix("edition/")
    if before is not None:
        carry_over(key, published.parsed([before.digest])[before.digest])
    derive(publication, only=key)


@receiver(catalogue_published)
def _on_catalogue(publication: Publication, **_: Any) -> None:
    derive(publication)


def derive(cause: Publication, only: str | None = None) -> None:
    """Make the pairs' documents anew: all, or those of one edition; type and reason of `cause`."""
    entries = published.current_record()
    catalogue_entry = entries.get("catalogue")
    if catalogue_entry is None:
        return
    documents = published.parsed(entry.digest for entry in entries.values())
    catalogue = documents[catalogue_entry.digest]
    editions = {
        key.removeprefix("edition/"): (entry.digest, documents[entry.digest])
        for key, entry in entries.items()
        if key.startswith("edition/")
    }
    rows = {(a.left.key, a.right.key): a for a in alignments_whole()}
    names = sorted(editions)
    for index, a in enumerate(names):
        for b in names[index + 1 :]:
            if only in (None, a, b):
                derive_pair(
                    cause, editions[a], editions[b], (catalogue_entry.digest, catalogue), rows
                )


def derive_pair(
    cause: Publication,
    a: tuple[str, EditionDocument],
    b: tuple[str, EditionDocument],
    catalogue: tuple[str, Catalogue],
    rows: dict[tuple[str, str], Alignment],
) -> None:
    """Publish the alignment and the comparison of two editions, if they changed."""
    left, right = earlier_first(a[1], b[1])
    digest = {a[1].key: a[0], b[1].key: b[0]}
    alignment = rows.get((left.key, right.key))
    links = links_of(alignment) if alignment else _suggested(left, right, digest)
    links = in_order(links, left.edition.provisions, right.edition.provisions)
    body = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "left": {"edition": left.key, "digest": digest[left.key]},
        "right": {"edition": right.key, "digest": digest[right.key]},
        "links": [to_json(link) for link in links],
    }
    about = {"type": cause.type, "reason": cause.reason, "by": cause.by}
    if about["reason"] == "":  # a first publication; its pairs may have one already
        about |= {"type": "clarification", "reason": "A text or its alignment was published."}
    key = pair_key("alignment", left.key, right.key)
    append(key, body, **about)
    digests = {
        "left": digest[left.key],
        "right": digest[right.key],
        "catalogue": catalogue[0],
        "alignment": published.current(key)[key].digest,
    }
    comparison = compare(left, right, links, catalogue[1], digests=digests)
    append(pair_key("comparison", left.key, right.key), comparison, **about)


def _suggested(
    left: EditionDocument, right: EditionDocument, digest: dict[str, str]
) -> Iterable[Link]:
    """The engine's links; those of the current alignment if it is of these very texts."""
    key = pair_key("alignment", left.key, right.key)
    entry = published.current(key).get(key)
    if entry:
        body = published.parsed([entry.digest])[entry.digest]
        texts = (body["left"]["digest"], body["right"]["digest"])
        reviewed = any(link["reviewed"] for link in body["links"])
        if texts == (digest[left.key], digest[right.key]) and not reviewed:
            return links_from_json(body)
    return suggest(left.edition.provisions, right.edition.provisions)


# --- an alignment of an editor's ----------------------------------------------------------------


@transaction.atomic
def publish_alignment(
    alignment: Alignment, *, type: str, reason: str, by: User | None = None
) -> Publication | None:
    """Publish an alignment's rows as they stand, and the comparison that follows from them.

    Both editions must be published. None if nothing changed.
    """
    alignment = alignments_whole().get(pk=alignment.pk)
    entries = published.current_record()
    documents = published.parsed(entry.digest for entry in entries.values())

    def both(key: str) -> tuple[str, Any]:
        return entries[key].digest, documents[entries[key].digest]

    key = pair_key("alignment", alignment.left.key, alignment.right.key)
    before = published.current(key).get(key)
    cause = Publication(type=type, reason=reason, by=by)
    derive_pair(
        cause,
        both(edition_key(alignment.left.key)),
        both(edition_key(alignment.right.key)),
        both("catalogue"),
        {(alignment.left.key, alignment.right.key): alignment},
    )
    after = Publication.objects.filter(key=key).order_by("-serial").first()
    unchanged = before and after and after.serial == before.serial
    return None if unchanged else after


def differs_from_published(alignment: Alignment) -> bool:
    """Whether an alignment's rows say something else than what readers see."""
    alignment = alignments_whole().get(pk=alignment.pk)
    key = pair_key("alignment", alignment.left.key, alignment.right.key)
    entry = published.current(key).get(key)
    if entry is None:
        return False
    shown = links_from_json(published.parsed([entry.digest])[entry.digest])

    def content(links: Iterable[Link]) -> list[Link]:
        return sorted(links, key=lambda link: (link.left, link.right))

    return content(links_of(alignment)) != content(shown)


def start_review(left: Edition, right: Edition) -> Alignment:
    """Rows for a pair, filled with what readers see now (the engine's suggestion)."""
    key = pair_key("alignment", left.key, right.key)
    entry = published.current(key)[key]
    return save_links(left, right, links_from_json(published.parsed([entry.digest])[entry.digest]))


def carry_over(key: str, before: EditionDocument) -> None:
    """Carry the rows of an edition's alignments over to its corrected text.

    Links with unchanged texts stay reviewed; changed ones become stale; vanished numbers have
    dropped out with their rows; new provisions get the engine's suggestion.
    """
    old = {p.number: p.text for p in before.edition.provisions}
    for alignment in alignments_whole():
        if key not in (alignment.left.key, alignment.right.key):
            continue
        left, right = _rows_as_records(alignment)
        side = "left" if key == alignment.left.key else "right"
        links = [_carried(x, side, old, left, right) for x in links_of(alignment)]
        links += _newcomers(links, left, right)
        save_links(
            alignment.left, alignment.right, in_order(links, [*left.values()], [*right.values()])
        )


def _rows_as_records(alignment: Alignment) -> tuple[dict[str, Provision], dict[str, Provision]]:
    found = {
        e.pk: edition_document(e).edition.provisions
        for e in editions_whole().filter(pk__in=(alignment.left_id, alignment.right_id))
    }
    left, right = found[alignment.left_id], found[alignment.right_id]
    return {p.number: p for p in left}, {p.number: p for p in right}


def _carried(
    link: Link,
    side: str,
    old: dict[str, str],
    left: dict[str, Provision],
    right: dict[str, Provision],
) -> Link:
    texts = {**left} if side == "left" else {**right}
    changed = any(texts[n].text != old.get(n) for n in getattr(link, side))
    ours = link_text(left[n] for n in link.left)
    theirs = link_text(right[n] for n in link.right)
    relation = link.relation
    if not link.left or not link.right:
        relation = "removed" if link.left else "added"
    elif relation in ("removed", "added") or (relation == "same") != (ours == theirs):
        relation = relation_of(ours, theirs)
    changed = changed or relation != link.relation
    return dataclasses.replace(
        link, relation=relation, stale=link.stale or (changed and link.reviewed)
    )


def _newcomers(
    links: list[Link], left: dict[str, Provision], right: dict[str, Provision]
) -> list[Link]:
    linked_left = {n for link in links for n in link.left}
    linked_right = {n for link in links for n in link.right}
    return suggest(
        [p for n, p in left.items() if n not in linked_left],
        [p for n, p in right.items() if n not in linked_right],
    )
