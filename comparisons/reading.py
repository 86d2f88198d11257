"""A stored comparison as the page shows it: one documented object, nothing computed anew.

The document holds what differs; who published each text, and how sure we are, comes from the
edition documents that it names by digest. All of them are immutable, so a permanent link shows
the same for ever.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from comparisons.compare import RELATIONS, mirror_comparison
from comparisons.shown import (
    Group,
    IssueSection,
    Point,
    Row,
    Sentence,
    Side,
    Spans,
    changed_figures,
)
from comparisons.tokens import is_number, tokenise
from plans import labels, published
from plans.documents import Catalogue, EditionDocument
from plans.pages import point_view


@dataclass(frozen=True)
class Comparison:
    """A comparison ready to be shown."""

    body: dict[str, Any]
    """The contract's document, in the order of the address."""
    token: str
    turned: bool
    """Whether the address has the later text first."""
    left: Side
    right: Side
    groups: list[Group]
    points: list[Row]
    rows: "_Rows"

    @cached_property
    def sections(self) -> list[IssueSection]:
        return [section for group in self.groups for section in group.sections]

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def reviewed(self) -> bool:
        return all(row["reviewed"] for row in self.body["points"])

    @property
    def coarse(self) -> bool:
        return any(row["coarse"] for row in self.body["points"])

    @property
    def differing(self) -> int:
        return sum(section.differs for section in self.sections)

    @property
    def unchanged(self) -> int:
        """On how many issues both texts say the same."""
        return self.addressed - self.differing

    @property
    def addressed(self) -> int:
        """On how many issues at least one of the two texts says something."""
        return sum(section.relation != "nothing" for section in self.sections)

    @property
    def first(self) -> Side:
        """The text from which editors' sentences are worded: the earlier one."""
        return self.right if self.turned else self.left

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(relation, its word, number of pairings) for those that occur."""
        counts = self.body["counts"]
        return [(r, self.rows.word(r), counts[r]) for r in RELATIONS if counts[r]]

    def section(self, issue: str) -> IssueSection | None:
        """One issue by itself, with all its texts; None if there is no such issue."""
        data = next((i for i in self.body["issues"] if i["issue"] == issue), None)
        if data is None:
            return None
        by_id = {row["id"]: row for row in self.body["points"]}
        return _section(data, [by_id[i] for i in data["rows"]], {}, self.rows)

    def neighbours(self, issue: str) -> tuple[IssueSection | None, IssueSection | None]:
        """The issues before and after, among those that a text says something on."""
        shown = [s for s in self.sections if s.relation != "nothing" or s.data["issue"] == issue]
        at = next(i for i, s in enumerate(shown) if s.data["issue"] == issue)
        before = shown[at - 1] if at else None
        return before, shown[at + 1] if at + 1 < len(shown) else None


def open_comparison(body: dict[str, Any], token: str, turned: bool) -> Comparison:
    """The comparison of a stored document; its editions and catalogue are read by digest."""
    digests = (body["left"]["digest"], body["right"]["digest"], body["catalogue"])
    documents = published.parsed(digests)
    if turned:
        body = mirror_comparison(body)
    left = Side("A", body["left"], documents[body["left"]["digest"]])
    right = Side("B", body["right"], documents[body["right"]["digest"]])
    rows = _Rows(left.document, right.document)
    points = [rows.row(data) for data in body["points"]]
    groups = _groups(body, documents[body["catalogue"]], rows)
    return Comparison(body, token, turned, left, right, groups, points, rows)


class _Rows:
    """Builds rows of one comparison."""

    def __init__(self, left: EditionDocument, right: EditionDocument) -> None:
        self.revision = right.edition.based_on == left.key
        self._documents = (left, right)
        self._provisions = [{p.number: p for p in d.edition.provisions} for d in (left, right)]
        self._sources = [{s.id: s for s in d.edition.sources} for d in (left, right)]

    def row(self, data: dict[str, Any], issue: str | None = None) -> Row:
        spans = [(kind, text) for kind, text in data["diff"]]
        marked = data["relation"] == "amended" and len({kind for kind, _ in spans}) > 1
        marked = marked and "equal" in {kind for kind, _ in spans}
        return Row(
            data=data,
            left=self._points(0, data["left"], _side(spans, "delete"), marked, issue),
            right=self._points(1, data["right"], _side(spans, "insert"), marked, issue),
            inline=spans,
            marked=marked,
            word=self.word(data["relation"]),
            joint=self._joint(data),
            absent=self._absent(data),
        )

    def _joint(self, data: dict[str, Any]) -> str:
        joints = {
            "same": _("same words as"),
            "amended": _("amended in"),
            "replaced": _("replaced by"),
        }
        return joints.get(data["relation"]) or self.word(data["relation"])

    def _absent(self, data: dict[str, Any]) -> str:
        relation = data["relation"]
        if relation not in ("removed", "added"):
            return ""
        side = self._documents[1 if relation == "removed" else 0]
        text = side.plan.short_title
        if self.revision and relation == "removed" and data["reviewed"]:
            return _("%(text)s no longer has this point.") % {"text": text}
        if side.edition.complete:
            return _("No point of %(text)s answers this one.") % {"text": text}
        return _("No point in what we have read of %(text)s answers this one.") % {"text": text}

    def word(self, relation: str) -> str:
        """ "Dropped" and "new" are said only of a text written as a revision of the other."""
        if self.revision or relation not in ("removed", "added"):
            return str(labels.RELATION.get(relation, ""))
        return _("only in A") if relation == "removed" else _("only in B")

    def _points(
        self, side: int, numbers: list[str], spans: Spans, marked: bool, issue: str | None
    ) -> list[Point]:
        provisions = [self._provisions[side][number] for number in numbers]
        pieces = _cut(spans, [len(p.text) for p in provisions])
        return [
            Point(
                view=point_view(self._sources[side], provision),
                spans=piece if marked else [("equal", provision.text)],
                bears=issue is None or issue in provision.issues,
            )
            for provision, piece in zip(provisions, pieces, strict=True)
        ]


def _side(spans: Spans, own: str) -> Spans:
    return [(kind, text) for kind, text in spans if kind in ("equal", own)]


def _cut(spans: Spans, lengths: list[int]) -> list[Spans]:
    """A side's spans, cut at the line feeds that join its provisions."""
    pieces: list[Spans] = []
    rest = list(spans)
    for length in lengths:
        piece: Spans = []
        while length and rest:
            kind, text = rest.pop(0)
            piece.append((kind, text[:length]))
            if text[length:]:
                rest.insert(0, (kind, text[length:]))
            length -= len(text[:length])
        pieces.append(piece)
        if rest:  # the line feed between two provisions
            kind, text = rest.pop(0)
            if text[1:]:
                rest.insert(0, (kind, text[1:]))
    return pieces


# --- issues -------------------------------------------------------------------------------------


def _groups(body: dict[str, Any], catalogue: Catalogue, rows: _Rows) -> list[Group]:
    by_id = {row["id"]: row for row in body["points"]}
    titles = {group.slug: group.title for group in catalogue.groups}
    hosts: dict[str, tuple[str, str]] = {}  # row -> the issue under which its texts stand
    groups: dict[str, list[IssueSection]] = {}
    for data in body["issues"]:
        section = _section(data, [by_id[i] for i in data["rows"]], hosts, rows)
        groups.setdefault(data["group"], []).append(section)
    return [Group(slug, titles.get(slug, slug), sections) for slug, sections in groups.items()]


def _section(
    data: dict[str, Any],
    mine: list[dict[str, Any]],
    hosts: dict[str, tuple[str, str]],
    rows: _Rows,
) -> IssueSection:
    issue = data["issue"]
    here, elsewhere = [], []
    for row in mine:
        if row["id"] in hosts:
            elsewhere.append((row, *hosts[row["id"]]))
        else:
            hosts[row["id"]] = (issue, data["title"])
            here.append(rows.row(row, issue))
    told = {row["id"] for row, _, _ in elsewhere}
    sentences = [
        Sentence(_mark_figures(text, row), row)
        for row in mine
        if row["relation"] != "same"
        and (text := row["changes"].get(issue) or (None if row["id"] in told else row["change"]))
    ]
    figures = [
        figure
        for row in mine
        if row["relation"] != "same" and row["id"] not in told
        for figure in changed_figures(row)
    ]
    relation = _relation(data, mine)
    return IssueSection(data, relation, rows.word(relation), sentences, here, elsewhere, figures)


def _relation(data: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """What became of an issue: the weightiest of its rows; without rows, from the positions."""
    relations = {row["relation"] for row in rows}
    if not relations:
        kinds = {p["kind"] for p in data["positions"]}
        return "nothing" if kinds <= {"silent", "not-in-what-we-read"} else "removed"
    if len(relations) == 1:
        return relations.pop()
    return "replaced" if "replaced" in relations else "amended"


def _mark_figures(sentence: str, row: dict[str, Any]) -> Spans:
    """The sentence, with typed figures that stand in one text alone marked as its own.

    Kinds are "equal", "delete" (only in the left text) and "insert" (only in the right).
    """
    left = _figure_bodies(row, "left")
    right = _figure_bodies(row, "right")
    spans: Spans = []
    for token in tokenise(sentence):
        kind = "equal"
        if token.body in left - right:
            kind = "delete"
        elif token.body in right - left:
            kind = "insert"
        spans.append((kind, token.body))
        if token.space:
            spans.append(("equal", token.space))
    return _joined(spans)


def _figure_bodies(row: dict[str, Any], side: str) -> set[str]:
    """The tokens of a side's text that print one of its typed figures."""
    values = {figure[side] for figure in row["figures"] if figure[side] is not None}
    bodies = {t.body for t in tokenise(row[f"{side}_text"]) if is_number(t.body)}
    return {body for body in bodies if re.sub(r"[^0-9.]", "", body.replace(",", "")) in values}


def _joined(spans: Iterable[tuple[str, str]]) -> Spans:
    joined: Spans = []
    for kind, text in spans:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined
