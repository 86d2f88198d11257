"""What follows from publishing: alignments and comparisons of every pair of published editions.

All of it happens inside the publishing transaction and is made from published documents alone:
an editor's unpublished rows never reach a reader. A pair is stored once, the earlier text left.
"""

import base64
import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from comparisons.align import Link, in_order, link_text, links_from_json, relation_of, suggest
from comparisons.alignmentfiles import link_faults
from comparisons.compare import ENGINE, compare
from comparisons.models import Alignment
from comparisons.rows import alignments_whole, links_of, save_links
from plans import published
from plans.documents import SCHEMA, EditionDocument, Provision, to_json
from plans.models import Document, Edition, Publication, User
from plans.publishing import (
    FIRST,
    WITHDRAWAL,
    Blocked,
    append,
    catalogue_published,
    edition_published,
)
from plans.rows import edition_document, editions_whole

Texts = dict[str, str]  # number -> text


@dataclasses.dataclass(frozen=True)
class Cause:
    """Why pairs are made anew, as readers are told; `edition` is None if it concerns all."""

    type: str
    reason: str
    by: User | None = None
    edition: str | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What the log says of a pair. Whether a text is withdrawn is said by the text itself."""
        if self.type == FIRST:  # where a pair has an entry already
            return {"type": "clarification", "reason": "A text was published.", "by": self.by}
        type = "correction" if self.type == WITHDRAWAL else self.type
        return {"type": type, "reason": self.reason, "by": self.by}


@dataclasses.dataclass
class _Held:
    causes: list[Cause] = dataclasses.field(default_factory=list)
    reviewed: dict[str, Alignment] = dataclasses.field(default_factory=dict)


_held: ContextVar[_Held | None] = ContextVar("held", default=None)


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


# --- when -----------------------------------------------------------------------------------------


@receiver(edition_published)
def _on_edition(publication: Publication, before: Document | None, **_: Any) -> None:
    key = publication.key.removeprefix("edition/")
    held = _held.get()
    if before is not None:
        old = published.parsed([before.digest])[before.digest]
        _carry_rows(key, old, held.reviewed if held else {})
    _because(Cause(publication.type, publication.reason, publication.by, key))


@receiver(catalogue_published)
def _on_catalogue(publication: Publication, **_: Any) -> None:
    _because(Cause(publication.type, publication.reason, publication.by))


def _because(cause: Cause) -> None:
    held = _held.get()
    if held is None:
        _derive([cause], {})
    else:
        held.causes.append(cause)


@contextmanager
def together(reviewed: Iterable[Alignment], about: Mapping[str, str]) -> Iterator[None]:
    """Publish several things at once: each pair is made once, when the block ends.

    `reviewed` are alignments whose rows are published with them, told as `about` says.
    """
    held = _Held(reviewed={_key_of(alignment): alignment for alignment in reviewed})
    before = _held.set(held)
    try:
        yield
    finally:
        _held.reset(before)
    _derive(held.causes, held.reviewed, Cause(about["type"], about["reason"]))


def _key_of(alignment: Alignment) -> str:
    return pair_key("alignment", alignment.left.key, alignment.right.key)


# --- what -----------------------------------------------------------------------------------------


def _derive(
    causes: list[Cause], reviewed: dict[str, Alignment], review: Cause | None = None
) -> None:
    """Make the documents of every pair that a cause concerns, or whose alignment was reviewed."""
    entries = published.current_record()
    if "catalogue" not in entries:
        return
    documents = published.parsed(entry.digest for entry in entries.values())
    editions = [
        (documents[entry.digest], entry.digest)
        for key, entry in entries.items()
        if key.startswith("edition/")
    ]
    editions.sort(key=lambda e: (e[0].edition.date, e[0].key))
    digest = entries["catalogue"].digest
    for index, left in enumerate(editions):
        for right in editions[index + 1 :]:
            key = pair_key("alignment", left[0].key, right[0].key)
            cause = _cause_of(causes, left[0].key, right[0].key)
            if cause or key in reviewed:
                links = _links(left, right, reviewed.get(key))
                told = (cause or review or Cause(FIRST, "")).about
                _publish_pair(left, right, (documents[digest], digest), links, told)


def _cause_of(causes: list[Cause], left: str, right: str) -> Cause | None:
    """A change of one of the two texts is what readers are told; else a change of everything."""
    own = [c for c in causes if c.edition in (left, right)]
    return (own or [c for c in causes if c.edition is None] or [None])[-1]


def _publish_pair(
    left: tuple[EditionDocument, str],
    right: tuple[EditionDocument, str],
    catalogue: tuple[Any, str],
    links: list[Link],
    about: dict[str, Any],
) -> None:
    links = in_order(links, left[0].edition.provisions, right[0].edition.provisions)
    body = {
        "schema": SCHEMA,
        "engine": ENGINE,
        "left": {"edition": left[0].key, "digest": left[1]},
        "right": {"edition": right[0].key, "digest": right[1]},
        "links": [to_json(link) for link in links],
    }
    key = pair_key("alignment", left[0].key, right[0].key)
    append(key, body, **about)
    digests = {
        "left": left[1],
        "right": right[1],
        "catalogue": catalogue[1],
        "alignment": published.current(key)[key].digest,
    }
    comparison = compare(left[0], right[0], links, catalogue[0], digests=digests)
    append(pair_key("comparison", left[0].key, right[0].key), comparison, **about)


def _links(
    left: tuple[EditionDocument, str],
    right: tuple[EditionDocument, str],
    reviewed: Alignment | None,
) -> list[Link]:
    """An editor's rows if they are published now; else the standing links; else a suggestion."""
    if reviewed is not None:
        return links_of(alignments_whole().get(pk=reviewed.pk))
    ours, theirs = left[0].edition.provisions, right[0].edition.provisions
    key = pair_key("alignment", left[0].key, right[0].key)
    entry = published.current(key).get(key)
    if entry is None:
        return suggest(ours, theirs)
    body = published.parsed([entry.digest])[entry.digest]
    links = links_from_json(body)
    digests = body["left"]["digest"], body["right"]["digest"]
    if digests == (left[1], right[1]):
        return links
    if not any(link.reviewed for link in links):
        return suggest(ours, theirs)
    old = published.parsed(digests)
    before = [{p.number: p.text for p in old[d].edition.provisions} for d in digests]
    return carried(links, before[0], before[1], _by_number(ours), _by_number(theirs))


# --- carrying links over to corrected texts -------------------------------------------------------


def _by_number(provisions: Iterable[Provision]) -> dict[str, Provision]:
    return {p.number: p for p in provisions}


def carried(
    links: Iterable[Link],
    old_left: Texts,
    old_right: Texts,
    left: dict[str, Provision],
    right: dict[str, Provision],
) -> list[Link]:
    """Links carried over to corrected texts, each provision again in exactly one.

    Links with unchanged texts stay reviewed, changed ones become stale, vanished numbers drop
    out, and provisions that are new get the engine's suggestion.
    """
    kept = []
    for link in links:
        mine = tuple(n for n in link.left if n in left)
        theirs = tuple(n for n in link.right if n in right)
        if mine or theirs:
            changed = any(left[n].text != old_left.get(n) for n in mine) or any(
                right[n].text != old_right.get(n) for n in theirs
            )
            kept.append(_adjusted(link, mine, theirs, changed, left, right))
    linked_left = {n for link in kept for n in link.left}
    linked_right = {n for link in kept for n in link.right}
    return kept + suggest(
        [p for n, p in left.items() if n not in linked_left],
        [p for n, p in right.items() if n not in linked_right],
    )


def _adjusted(
    link: Link,
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    changed: bool,
    left: dict[str, Provision],
    right: dict[str, Provision],
) -> Link:
    """The link with these members; its relation is kept while it can still be true."""
    a, b = link_text(left[n] for n in mine), link_text(right[n] for n in theirs)
    relation = link.relation
    if not mine or not theirs:
        relation = "removed" if mine else "added"
    elif relation in ("removed", "added") or (relation == "same") != (a == b):
        relation = relation_of(a, b)
    stale = link.stale or (link.reviewed and (changed or relation != link.relation))
    return dataclasses.replace(link, left=mine, right=theirs, relation=relation, stale=stale)


def _carry_rows(key: str, before: EditionDocument, reviewed: Mapping[str, Alignment]) -> None:
    """Carry editors' rows over to an edition's corrected text, unless they are published too."""
    old = {p.number: p.text for p in before.edition.provisions}
    for alignment in alignments_whole():
        keys = (alignment.left.key, alignment.right.key)
        if key not in keys or _key_of(alignment) in reviewed:
            continue
        left, right = (_by_number(_rows(e)) for e in (alignment.left, alignment.right))
        texts = [{n: p.text for n, p in side.items()} for side in (left, right)]
        texts[keys.index(key)] = old
        links = carried(links_of(alignment), texts[0], texts[1], left, right)
        ordered = in_order(links, [*left.values()], [*right.values()])
        save_links(alignment.left, alignment.right, ordered)


def _rows(edition: Edition) -> tuple[Provision, ...]:
    return edition_document(editions_whole().get(pk=edition.pk)).edition.provisions


# --- an alignment of an editor's ------------------------------------------------------------------


def alignment_blockers(alignment: Alignment) -> list[str]:
    """What keeps an alignment's rows from being published: they have to fit the published texts."""
    entries = published.current_record()
    keys = [f"edition/{e.key}" for e in (alignment.left, alignment.right)]
    if missing := [key for key in keys if key not in entries]:
        return [f"{key.removeprefix('edition/')} is not published yet" for key in missing]
    documents = published.parsed(
        [*(entries[key].digest for key in keys), entries["catalogue"].digest]
    )
    left, right = (documents[entries[key].digest] for key in keys)
    catalogue = documents[entries["catalogue"].digest]
    links = links_of(alignments_whole().get(pk=alignment.pk))

    def at(*path: str | int) -> str:
        if not path:
            return "links"
        link = links[int(path[0])]
        return f"link {', '.join(link.left) or '–'} → {', '.join(link.right) or '–'}"

    return list(link_faults(links, left, right, {i.slug for i in catalogue.issues}, at))


@transaction.atomic
def publish_alignment(
    alignment: Alignment, *, type: str, reason: str, by: User | None = None
) -> Publication | None:
    """Publish an alignment's rows as they stand, and the comparison that follows from them.

    Raises Blocked; None if nothing changed.
    """
    if faults := alignment_blockers(alignment):
        raise Blocked(faults)
    key = _key_of(alignment)
    before = published.current(key).get(key)
    _derive([], {key: alignment}, Cause(type, reason, by))
    after = Publication.objects.filter(key=key).order_by("-serial").first()
    return None if before and after and after.serial == before.serial else after


def differs_from_published(alignment: Alignment) -> bool:
    """Whether an alignment's rows say something else than what readers see."""
    alignment = alignments_whole().get(pk=alignment.pk)
    key = _key_of(alignment)
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
