"""Which provisions of one edition answer which of another: a suggestion for editors to review.

Likeness is the cosine of character n-gram TF-IDF vectors (3 to 5 characters, within words,
sublinear; Salton and Buckley 1988), raised where two provisions bear on the same issue or carry a
figure of the same measure. Pairs are taken best first, each provision once; what is left over
then joins a pair as a split or a merge if it is like the partner's text. Below the threshold
nothing is said.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from comparisons.diff import REWRITTEN_BELOW, diff
from plans.documents import Provision

Relation = Literal["same", "amended", "replaced", "removed", "added"]

THRESHOLD = Decimal("0.200")  # below, more pairs are wrong than right on the reviewed alignments
JOIN_THRESHOLD = Decimal("0.300")  # a split or a merge has to be surer than a pair
SHARED_ISSUE = 0.08  # bearing on one issue is evidence, but hundreds of pairs have it
SHARED_MEASURE = 0.15  # "personnel of the armed forces" in both is strong evidence
IDENTICAL = Decimal("1.000")
LEAST_COSINE = 0.06  # texts as unlike as that are no pair, whatever else they have in common


@dataclass(frozen=True)
class Link:
    """Provisions of the two sides that answer each other, by number and in document order."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: Relation
    change: str | None = None
    changes: dict[str, str] = field(default_factory=dict)
    reviewed: bool = False
    stale: bool = False
    score: Decimal | None = None


def suggest(left: Sequence[Provision], right: Sequence[Provision]) -> list[Link]:
    """Links that hold every provision of both sides exactly once. Deterministic."""
    scores = _scores(left, right)
    partners = _best_first(scores)
    groups = _attach(partners, scores, len(left), len(right))
    links = [_link(left, right, *group, scores) for group in groups]
    return in_order(links, left, right)


def relation_of(left_text: str, right_text: str) -> Relation:
    """What became of a text: same words, amended, or another rule in its place."""
    if left_text == right_text:
        return "same"
    return "amended" if diff(left_text, right_text).shared >= REWRITTEN_BELOW else "replaced"


def link_text(provisions: Iterable[Provision]) -> str:
    """Several provisions on one side are joined by a line feed."""
    return "\n".join(p.text for p in provisions)


def in_order(
    links: Iterable[Link], left: Sequence[Provision], right: Sequence[Provision]
) -> list[Link]:
    """Links in the left text's order; those only in the right text follow their neighbour."""
    left_place = {p.number: i for i, p in enumerate(left)}
    right_place = {p.number: i for i, p in enumerate(right)}
    links = list(links)
    anchors = sorted(
        (min(right_place[n] for n in link.right), min(left_place[n] for n in link.left))
        for link in links
        if link.left and link.right
    )

    def place(link: Link) -> tuple[int, int, int]:
        if link.left:
            return (min(left_place[n] for n in link.left), 0, 0)
        here = min(right_place[n] for n in link.right)
        before = [at_left for at_right, at_left in anchors if at_right < here]
        return (before[-1] if before else -1, 1, here)

    return sorted(links, key=place)


# --- likeness -----------------------------------------------------------------------------------


def _grams(text: str) -> Counter[str]:
    """Character 3- to 5-grams of each word with its two borders."""
    grams: Counter[str] = Counter()
    for word in "".join(c if c.isalnum() else " " for c in text.casefold()).split():
        padded = f" {word} "
        for size in (3, 4, 5):
            grams.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    return grams


def _vectors(texts: Sequence[str]) -> list[dict[str, float]]:
    """Unit vectors of sublinear term frequency by smoothed inverse document frequency."""
    counts = [_grams(text) for text in texts]
    holding = Counter(gram for count in counts for gram in count)
    total = len(texts)
    vectors = []
    for count in counts:
        vector = {
            gram: (1 + math.log(n)) * (math.log((1 + total) / (1 + holding[gram])) + 1)
            for gram, n in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({gram: weight / length for gram, weight in vector.items()})
    return vectors


def _scores(
    left: Sequence[Provision], right: Sequence[Provision]
) -> dict[tuple[int, int], Decimal]:
    """The score of every pair that shares an n-gram, rounded so that it is stable."""
    vectors = _vectors([p.text for p in (*left, *right)])
    index: dict[str, list[tuple[int, float]]] = {}
    for j in range(len(right)):
        for gram, weight in vectors[len(left) + j].items():
            index.setdefault(gram, []).append((j, weight))
    scores = {}
    for i, provision in enumerate(left):
        cosines = [0.0] * len(right)
        for gram, weight in vectors[i].items():
            for j, other in index.get(gram, ()):
                cosines[j] += weight * other
        for j, cosine in enumerate(cosines):
            # Headings answer headings.
            if cosine >= LEAST_COSINE and provision.kind == right[j].kind:
                scores[i, j] = _weigh(provision, right[j], cosine)
    return scores


def _weigh(a: Provision, b: Provision, cosine: float) -> Decimal:
    if a.text == b.text:
        return IDENTICAL
    score = cosine
    if set(a.issues) & set(b.issues):
        score += SHARED_ISSUE
    elif a.issues and b.issues:
        score -= SHARED_ISSUE
    if {f.measure for f in a.figures} & {f.measure for f in b.figures}:
        score += SHARED_MEASURE
    return Decimal(min(max(score, 0.0), 0.999)).quantize(Decimal("0.001"))


# --- assignment ---------------------------------------------------------------------------------


def _best_first(scores: dict[tuple[int, int], Decimal]) -> dict[int, int]:
    """Left → right, each once; of equal scores the pair nearest in the two documents."""
    ranked = sorted(scores, key=lambda pair: (-scores[pair], abs(pair[0] - pair[1]), pair))
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in ranked:
        if scores[i, j] < THRESHOLD:
            break
        if i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    return partners


def _attach(
    partners: dict[int, int], scores: dict[tuple[int, int], Decimal], n_left: int, n_right: int
) -> list[tuple[list[int], list[int]]]:
    """Groups of both sides; a left-over joins the pair whose partner it is most like."""
    pairs = {(i, j): ([i], [j]) for i, j in partners.items()}
    # A text that stands in both unchanged was neither split nor merged.
    open_pairs = [(pair, group) for pair, group in pairs.items() if scores[pair] < IDENTICAL]
    by_left = {i: group for (i, _), group in open_pairs}
    by_right = {j: group for (_, j), group in open_pairs}
    groups = list(pairs.values())
    for i in (i for i in range(n_left) if i not in partners):
        to = _most_like([(scores.get((i, j), Decimal(0)), j) for j in by_right])
        if to is not None and len(by_right[to][1]) == 1:
            by_right[to][0].append(i)
        else:
            groups.append(([i], []))
    taken = set(partners.values())
    for j in (j for j in range(n_right) if j not in taken):
        to = _most_like([(scores.get((i, j), Decimal(0)), i) for i in by_left])
        if to is not None and len(by_left[to][0]) == 1:
            by_left[to][1].append(j)
        else:
            groups.append(([], [j]))
    return [(sorted(a), sorted(b)) for a, b in groups]


def _most_like(candidates: list[tuple[Decimal, int]]) -> int | None:
    """The provision to join: the likest, if it is sure enough; of equals the first."""
    best = max(candidates, key=lambda c: (c[0], -c[1]), default=None)
    return best[1] if best and best[0] >= JOIN_THRESHOLD else None


def _link(
    left: Sequence[Provision],
    right: Sequence[Provision],
    mine: list[int],
    theirs: list[int],
    scores: dict[tuple[int, int], Decimal],
) -> Link:
    a, b = [left[i] for i in mine], [right[j] for j in theirs]
    relation: Relation
    if not a or not b:
        relation = "removed" if a else "added"
        return Link(tuple(p.number for p in a), tuple(p.number for p in b), relation)
    return Link(
        tuple(p.number for p in a),
        tuple(p.number for p in b),
        relation_of(link_text(a), link_text(b)),
        score=max(scores.get((i, j), Decimal(0)) for i in mine for j in theirs),
    )


def links_from_json(body: dict[str, Any]) -> list[Link]:
    """The links of an alignment document."""
    return [
        Link(
            left=tuple(x["left"]),
            right=tuple(x["right"]),
            relation=x["relation"],
            change=x["change"],
            changes=x["changes"],
            reviewed=x["reviewed"],
            stale=x["stale"],
            score=None if x["score"] is None else Decimal(x["score"]),
        )
        for x in body["links"]
    ]
