"""The parts of a comparison page, each a documented object for its template."""

from dataclasses import dataclass
from typing import Any

from comparisons.tokens import is_number, tokenise
from plans.documents import EditionDocument
from plans.pages import PointView

Spans = list[tuple[str, str]]


@dataclass(frozen=True)
class State:
    """What the page is asked to show. Unknown values fall back to the default."""

    view: str = "issues"  # or points
    show: str = "all"  # or changes
    diff: str = "split"  # or inline, none

    @classmethod
    def of(cls, query: Any) -> "State":
        allowed = {
            "view": ("issues", "points"),
            "show": ("all", "changes"),
            "diff": ("split", "inline", "none"),
        }
        chosen = {name: query.get(name) for name in allowed if query.get(name) in allowed[name]}
        return cls(**chosen)

    def query(self, **changed: str) -> str:
        """The query of this state with a part changed; defaults are left out."""
        values = {"view": self.view, "show": self.show, "diff": self.diff, **changed}
        default = {"view": "issues", "show": "all", "diff": "split"}
        parts = [f"{name}={value}" for name, value in values.items() if value != default[name]]
        return "?" + "&".join(parts) if parts else ""


@dataclass(frozen=True)
class Side:
    """A (left) or B (right)."""

    letter: str
    edition: dict[str, Any]
    """As the contract's E: plan, edition, title, short_title, label, date, status …"""
    document: EditionDocument

    @property
    def key(self) -> str:
        return self.document.key


@dataclass(frozen=True)
class Point:
    """A provision inside a row, with its marks."""

    view: PointView
    spans: Spans
    bears: bool
    """Whether it bears on the issue under which the row stands; if not, it is context."""


@dataclass(frozen=True)
class Row:
    """One link of the alignment."""

    data: dict[str, Any]
    left: list[Point]
    right: list[Point]
    inline: Spans
    """Both texts in one, for the one-line view."""
    marked: bool
    word: str
    """What became of the point: same words, amended, replaced, dropped, only in A …"""
    joint: str
    """The same between the points of A and those of B: replaced by, amended in …"""
    absent: str
    """What stands in the column of the text that has no such point."""

    @property
    def anchor(self) -> str:
        return f"r-{self.data['id']}"

    @property
    def differs(self) -> bool:
        return self.data["relation"] != "same"

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The figures that are not the same in both texts."""
        return changed_figures(self.data)

    @property
    def rewritten(self) -> bool:
        """Both texts stand, and share too little for marks to help."""
        kinds = {kind for kind, _ in self.data["diff"]}
        return kinds == {"delete", "insert"}


@dataclass(frozen=True)
class Sentence:
    """An editor's sentence of what differs, its figures marked with the text they come from."""

    pieces: Spans
    row: dict[str, Any]


@dataclass(frozen=True)
class IssueSection:
    """One issue of the comparison."""

    data: dict[str, Any]
    """As the contract has it: issue, title, question, answer, group, positions, rows."""
    relation: str
    """What became of the issue as a whole; "nothing" where neither text has it."""
    word: str
    """The same in words, for the line between A and B."""
    sentences: list[Sentence]
    rows: list[Row]
    """The rows whose texts stand here."""
    elsewhere: list[tuple[dict[str, Any], str, str]]
    """(row, issue, title) of rows whose texts stand under an earlier issue."""
    figures: list[dict[str, Any]]

    @property
    def differs(self) -> bool:
        return self.relation not in ("same", "nothing")

    @property
    def headline(self) -> dict[str, Any] | None:
        """The first figure that both texts have and that changed."""
        return next((f for f in self.figures if f["left_bound"] and f["right_bound"]), None)

    @property
    def same_stance(self) -> bool:
        left, right = self.data["positions"]
        return left["kind"] == right["kind"] and left["stance"] == right["stance"]

    @property
    def differing_rows(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @property
    def same_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.differs]

    @property
    def suggested(self) -> bool:
        """Whether a pairing here is the engine's and no editor has reviewed it."""
        rows = [row.data for row in self.rows] + [row for row, _, _ in self.elsewhere]
        return any(not row["reviewed"] for row in rows)


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    sections: list[IssueSection]

    @property
    def untouched(self) -> list[IssueSection]:
        """Issues that neither text has."""
        return [s for s in self.sections if s.relation == "nothing"]


def changed_figures(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of a row that are not the same in both texts."""
    return [
        figure
        for figure in row["figures"]
        if not _merely_untyped(row, figure)
        and (
            (figure["left"], figure["left_bound"]) != (figure["right"], figure["right_bound"])
            or figure["condition_added"]
            or figure["condition_removed"]
        )
    ]


def _merely_untyped(row: dict[str, Any], figure: dict[str, Any]) -> bool:
    """Whether the side without this figure prints some number: then nothing is said of it."""
    sides = [side for side in ("left", "right") if figure[f"{side}_bound"] is None]
    return any(is_number(t.body) for side in sides for t in tokenise(row[f"{side}_text"]))
