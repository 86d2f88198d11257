"""Alignment files: which provision of one edition answers which of another, as editors saw it."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import field
from decimal import Decimal
from typing import Any

from comparisons.align import Link, Relation, link_text
from plans.documents import EditionDocument, record
from plans.fields import EditionKey, Number, Slug, Text
from plans.planfiles import KINDS, Known, Loaded


@record
class LinkRecord:
    """A link; `reviewed` says otherwise than the file as a whole only where it stands."""

    left: tuple[Number, ...] = ()
    right: tuple[Number, ...] = ()
    relation: Relation
    change: str | None = None
    changes: dict[Slug, Text] = field(default_factory=dict)
    reviewed: bool | None = None
    stale: bool = False
    score: Decimal | None = None


@record
class AlignmentFile:
    left: EditionKey
    right: EditionKey
    reviewed: bool
    links: tuple[LinkRecord, ...]


FILE_KINDS = {**KINDS, "links": AlignmentFile, "left": AlignmentFile, "right": AlignmentFile}


def links_of_file(content: AlignmentFile) -> list[Link]:
    return [
        Link(
            left=x.left,
            right=x.right,
            relation=x.relation,
            change=(x.change or "").strip() or None,
            changes=dict(x.changes),
            reviewed=content.reviewed if x.reviewed is None else x.reviewed,
            stale=x.stale,
            score=x.score,
        )
        for x in content.links
    ]


def file_of_links(left: str, right: str, links: list[Link]) -> dict[str, Any]:
    """Links as the plain values of an alignment file."""
    reviewed = all(link.reviewed for link in links)
    return {
        "left": left,
        "right": right,
        "reviewed": reviewed,
        "links": [
            {
                "left": list(link.left),
                "right": list(link.right),
                "relation": link.relation,
                "change": link.change or "",
                **({"changes": link.changes} if link.changes else {}),
                **({} if link.reviewed == reviewed else {"reviewed": link.reviewed}),
                **({"stale": True} if link.stale else {}),
                **({"score": str(link.score)} if link.score is not None else {}),
            }
            for link in links
        ],
    }


def alignment_faults(loaded: list[Loaded], known: Known) -> Iterator[str]:
    """Faults of alignment files, against the editions of the set and of the database."""
    seen: dict[tuple[str, str], str] = {}
    for file in loaded:
        content = file.content
        if not isinstance(content, AlignmentFile):
            continue
        pair = (content.left, content.right)
        if pair in seen:
            yield f"{file.at('left')}: {seen[pair]} aligns these editions already: expected once"
        seen[pair] = file.name
        missing = [s for s in ("left", "right") if getattr(content, s) not in known.editions]
        for side in missing:
            yield f"{file.at(side)}: {getattr(content, side)!r} is no edition that is loaded"
        if missing:
            continue
        left, right = known.editions[content.left], known.editions[content.right]
        if (left.edition.date, left.key) >= (right.edition.date, right.key):
            yield f"{file.at('left')}: the earlier edition stands left: exchange left and right"
            continue
        yield from link_faults(content.links, left, right, known.issues, _pointer(file))


def _pointer(file: Loaded) -> Callable[..., str]:
    return lambda *path: file.at("links", *path)


def link_faults(
    links: Sequence[LinkRecord | Link],
    left: EditionDocument,
    right: EditionDocument,
    issues: Set[str],
    at: Callable[..., str],
) -> Iterator[str]:
    """Faults of an alignment's links; `at` tells where a part of them is, for a person."""
    sides = {
        "left": {p.number: p for p in left.edition.provisions},
        "right": {p.number: p for p in right.edition.provisions},
    }
    keys = {"left": left.key, "right": right.key}
    placed: dict[str, set[str]] = {"left": set(), "right": set()}
    for index, link in enumerate(links):
        sound = True
        for side in ("left", "right"):
            for place, number in enumerate(getattr(link, side)):
                if number not in sides[side]:
                    yield f"{at(index, side, place)}: {number!r} is no provision of {keys[side]}"
                    sound = False
                elif number in placed[side]:
                    yield (
                        f"{at(index, side, place)}: {number!r} stands in two links: expected in one"
                    )
                placed[side].add(number)
        if sound:
            texts = [link_text(sides[s][n] for n in getattr(link, s)) for s in ("left", "right")]
            yield from _relation_faults(at(index, "relation"), link, *texts)
        for issue in link.changes:
            if issue not in issues:
                yield f"{at(index, 'changes', issue)}: {issue!r} is no issue of the catalogue"
    for side in ("left", "right"):
        if absent := [n for n in sides[side] if n not in placed[side]]:
            yield (
                f"{at()}: {', '.join(absent[:5])} of {keys[side]} "
                f"({side}) stand in no link: expected each provision in one link"
            )


def _relation_faults(at: str, link: LinkRecord | Link, left: str, right: str) -> Iterator[str]:
    expected = {"removed": (True, False), "added": (False, True)}
    if (bool(link.left), bool(link.right)) != expected.get(link.relation, (True, True)):
        yield (
            f"{at}: {link.relation!r} does not fit the sides: removed has left only, added right "
            "only, every other relation both"
        )
    elif link.relation == "same" and left != right:
        yield f"{at}: 'same', but the two texts differ: expected amended or replaced"
    elif link.relation in ("amended", "replaced") and left == right:
        yield f"{at}: {link.relation!r}, but the two texts are identical: expected same"
