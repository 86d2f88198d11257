"""The comparison of two editions: a pure function of them, their alignment and the catalogue.

The result is the JSON of the public contract (schema 1), as plain dictionaries. Every provision
of both editions stands in exactly one row.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from comparisons.align import Link, link_text
from comparisons.diff import diff, mirror, spelling_only
from comparisons.figures import compare_figures, mirror_figure
from plans.documents import (
    SCHEMA,
    Catalogue,
    Edition,
    EditionDocument,
    Issue,
    Provision,
    decimal_string,
)

ENGINE = "1"
RELATIONS = ("same", "amended", "replaced", "removed", "added")
MIRRORED = {"removed": "added", "added": "removed"}
MIRRORED_FLAG = {"split": "merged", "merged": "split"}

Json = dict[str, Any]


def compare(
    left: EditionDocument,
    right: EditionDocument,
    links: Sequence[Link],
    catalogue: Catalogue,
    *,
    digests: dict[str, str],
) -> Json:
    """Compare two editions; `links` hold each of their provisions exactly once.

    `digests` names the documents compared: keys left, right, catalogue and alignment.
    """
    ours = {p.number: p for p in left.edition.provisions}
    theirs = {p.number: p for p in right.edition.provisions}
    moved = _moved(links, list(ours), list(theirs))
    points = [
        _row(link, [ours[n] for n in link.left], [theirs[n] for n in link.right], i in moved)
        for i, link in enumerate(links)
    ]
    return {
        "schema": SCHEMA,
        "engine": ENGINE,
        "left": _edition(left, digests["left"]),
        "right": _edition(right, digests["right"]),
        "catalogue": digests["catalogue"],
        "alignment": digests["alignment"],
        "issues": [
            _issue(issue, group.slug, left.edition, right.edition, links, points)
            for group in catalogue.groups
            for issue in group.issues
        ],
        "points": points,
        "counts": _counts(points),
    }


def _counts(points: Iterable[Json]) -> dict[str, int]:
    relations = [row["relation"] for row in points]
    return {relation: relations.count(relation) for relation in RELATIONS}


def _edition(document: EditionDocument, digest: str) -> Json:
    plan, edition = document.plan, document.edition
    return {
        "plan": plan.slug,
        "edition": edition.slug,
        "digest": digest,
        "title": plan.title,
        "short_title": plan.short_title,
        "label": edition.label,
        "date": edition.date.isoformat(),
        "status": edition.status,
        "language": edition.language,
        "complete": edition.complete,
        "gaps": edition.gaps,
    }


# --- issues -------------------------------------------------------------------------------------


def _issue(
    issue: Issue,
    group: str,
    left: Edition,
    right: Edition,
    links: Sequence[Link],
    points: Sequence[Json],
) -> Json:
    ours = {p.number for p in left.provisions if issue.slug in p.issues}
    theirs = {p.number for p in right.provisions if issue.slug in p.issues}
    return {
        "issue": issue.slug,
        "title": issue.title,
        "question": issue.question,
        "answer": issue.answer,
        "group": group,
        "positions": [position(left, issue.slug), position(right, issue.slug)],
        "rows": [
            row["id"]
            for link, row in zip(links, points, strict=True)
            if not ours.isdisjoint(link.left) or not theirs.isdisjoint(link.right)
        ],
    }


def position(edition: Edition, issue: str) -> Json:
    """An edition's position on an issue, or which kind of nothing stands in its place.

    Where provisions bear on the issue but no position is entered, they are named.
    """
    for entry in edition.positions:
        if entry.issue == issue:
            return {
                "kind": entry.kind,
                "stance": entry.stance,
                "provisions": list(entry.provisions),
            }
    bearing = [p.number for p in edition.provisions if issue in p.issues]
    kind = "silent" if edition.complete else "not-in-what-we-read"
    return {"kind": kind, "stance": None, "provisions": bearing}


# --- rows ---------------------------------------------------------------------------------------


def _row(link: Link, ours: list[Provision], theirs: list[Provision], moved: bool) -> Json:
    left_text, right_text = link_text(ours), link_text(theirs)
    result = diff(left_text, right_text)
    return {
        "id": f"{link.left[0] if link.left else ''}~{link.right[0] if link.right else ''}",
        "left": list(link.left),
        "right": list(link.right),
        "left_text": left_text,
        "right_text": right_text,
        "relation": link.relation,
        "flags": _flags(link, left_text, right_text, moved),
        "change": link.change,
        "changes": dict(link.changes),
        "reviewed": link.reviewed,
        "score": None if link.score is None else decimal_string(link.score),
        "diff": [list(span) for span in result.spans],
        "coarse": result.coarse,
        "figures": compare_figures(
            (f for p in ours for f in p.figures), (f for p in theirs for f in p.figures)
        ),
    }


def _flags(link: Link, left_text: str, right_text: str, moved: bool) -> list[str]:
    both = bool(link.left and link.right)
    found = {
        "moved": moved,
        "renumbered": both and set(link.left).isdisjoint(link.right),
        "split": both and len(link.right) > 1,
        "merged": both and len(link.left) > 1,
        "spelling": both and spelling_only(left_text, right_text),
        "stale": link.stale,
    }
    return [flag for flag, holds in found.items() if holds]


def _moved(links: Sequence[Link], ours: list[str], theirs: list[str]) -> set[int]:
    """Which links break the common order: those outside a longest increasing run of places."""
    left_place = {number: i for i, number in enumerate(ours)}
    right_place = {number: i for i, number in enumerate(theirs)}
    paired = sorted(
        (min(left_place[n] for n in link.left), min(right_place[n] for n in link.right), i)
        for i, link in enumerate(links)
        if link.left and link.right
    )
    kept = _longest_increasing([at_right for _, at_right, _ in paired])
    return {i for place, (_, _, i) in enumerate(paired) if place not in kept}


def _longest_increasing(values: list[int]) -> set[int]:
    """The indexes of one longest strictly increasing subsequence (patience sorting)."""
    tails: list[int] = []  # the smallest last value of a run of each length
    tail_at: list[int] = []  # and its index
    previous: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        previous.append(tail_at[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        tail_at[length : length + 1] = [index]
    kept, index = set(), tail_at[-1] if tail_at else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept


# --- the other direction ------------------------------------------------------------------------


def mirror_comparison(comparison: Json) -> Json:
    """The same comparison with the sides exchanged. Row ids and editors' sentences stay."""
    points = [_mirror_row(row) for row in comparison["points"]]
    return {
        **comparison,
        "left": comparison["right"],
        "right": comparison["left"],
        "issues": [
            {**issue, "positions": issue["positions"][::-1]} for issue in comparison["issues"]
        ],
        "points": points,
        "counts": _counts(points),
    }


def _mirror_row(row: Json) -> Json:
    return {
        **row,
        "left": row["right"],
        "right": row["left"],
        "left_text": row["right_text"],
        "right_text": row["left_text"],
        "relation": MIRRORED.get(row["relation"], row["relation"]),
        "flags": [MIRRORED_FLAG.get(flag, flag) for flag in row["flags"]],
        "diff": [list(span) for span in mirror(row["diff"])],
        "figures": [mirror_figure(figure) for figure in row["figures"]],
    }


def only_issue(comparison: Json, issue: str) -> Json | None:
    """The same comparison with one issue and its rows only; None if it has no such issue."""
    found = [entry for entry in comparison["issues"] if entry["issue"] == issue]
    if not found:
        return None
    rows = set(found[0]["rows"])
    points = [row for row in comparison["points"] if row["id"] in rows]
    return {**comparison, "issues": found, "points": points, "counts": _counts(points)}
