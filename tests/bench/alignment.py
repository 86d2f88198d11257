"""How well the engine's suggestion agrees with alignments made by reading.

Three figures, since each alone flatters somebody: per provision (right if its predicted partner
set overlaps the gold set; none is right for none), per edge (F1 over pairs of provisions), and
exact (a provision's partner set is the gold set).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from comparisons.align import suggest
from plans.documents import Provision
from tests.bench.baseline import suggest_by_tfidf

ROOT = Path(__file__).resolve().parent.parent.parent
Edges = set[tuple[str, str]]
Suggest = Callable[[list[Provision], list[Provision]], Edges]


@dataclass(frozen=True)
class Pair:
    """Two documents without issue tags, and which point answers which."""

    name: str
    left: list[Provision]
    right: list[Provision]
    edges: Edges


def provision(number: str, parent: str | None, text: str, kind: str = "provision") -> Provision:
    return Provision(
        number=number,
        parent=parent,
        kind=kind,
        text=text,
        issues=(),
        force="commits",
        sources=(),
        confidence="inferred",
    )


def _edges(links: list[dict]) -> Edges:
    return {(a, b) for link in links for a in link["left"] for b in link["right"]}


def held_out() -> Iterator[Pair]:
    """The gold that is reported: fixed before any tuning, see tests/gold/README.md."""
    for path in sorted((ROOT / "tests/gold").glob("*.yaml")):
        data = yaml.safe_load(path.read_text())
        sides = [
            [provision(str(p["number"]), p["parent"], p["text"]) for p in data["points"][side]]
            for side in ("left", "right")
        ]
        yield Pair(data["pair"], sides[0], sides[1], _edges(data["links"]))


def development() -> Iterator[Pair]:
    """The two bundled reviewed alignments, their issue tags taken away."""
    editions = {}
    for path in sorted((ROOT / "plans/data/plans").glob("*.yaml")):
        data = yaml.safe_load(path.read_text())
        for edition in data["editions"]:
            editions[f"{data['plan']['slug']}@{edition['slug']}"] = [
                provision(p["number"], p["parent"], p["text"], p["kind"])
                for p in edition["provisions"]
            ]
    for path in sorted((ROOT / "plans/data/alignments").glob("*.yaml")):
        data = yaml.safe_load(path.read_text())
        name = data["right"].split("@")[0]
        yield Pair(name, editions[data["left"]], editions[data["right"]], _edges(data["links"]))


def suggest_by_engine(left: list[Provision], right: list[Provision]) -> Edges:
    return {(a, b) for link in suggest(left, right) for a in link.left for b in link.right}


@dataclass(frozen=True)
class Score:
    per_provision: float
    edge_f1: float
    exact: float

    def __str__(self) -> str:
        return f"{self.per_provision:.3f}  {self.edge_f1:.3f}  {self.exact:.3f}"


def score(pairs: list[Pair], suggested: list[Edges]) -> Score:
    """The three figures over all provisions of all pairs."""
    overlap = exact = provisions = hits = predicted = gold = 0
    for pair, edges in zip(pairs, suggested, strict=True):
        hits += len(edges & pair.edges)
        predicted += len(edges)
        gold += len(pair.edges)
        for side, items in ((0, pair.left), (1, pair.right)):
            for item in items:
                ours = {e[1 - side] for e in edges if e[side] == item.number}
                theirs = {e[1 - side] for e in pair.edges if e[side] == item.number}
                provisions += 1
                overlap += bool(ours & theirs) or not (ours or theirs)
                exact += ours == theirs
    f1 = 2 * hits / (predicted + gold) if predicted + gold else 1.0
    return Score(overlap / provisions, f1, exact / provisions)


def report() -> None:
    """Print the figures of the engine beside the simple baseline."""
    print("Alignment without issue tags: per provision, edge F1, exact")
    for name, pairs in (
        ("held out", list(held_out())),
        ("development", list(development())),
    ):
        for who, method in (("engine", suggest_by_engine), ("TF-IDF best first", suggest_by_tfidf)):
            suggested = [method(pair.left, pair.right) for pair in pairs]
            print(f"  {name:12} {who:18} {score(pairs, suggested)}")
            if who == "engine":
                for pair, edges in zip(pairs, suggested, strict=True):
                    print(f"    {pair.name:35} {score([pair], [edges])}")
