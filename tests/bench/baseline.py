"""The simple method that the engine has to beat: character n-gram TF-IDF, best pairs first."""

import math
from collections import Counter

from plans.documents import Provision

THRESHOLD = 0.12


def _grams(text: str) -> Counter[str]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return Counter(
        f" {word} "[i : i + size]
        for word in words
        for size in (3, 4, 5)
        for i in range(len(word) + 3 - size)
    )


def suggest_by_tfidf(left: list[Provision], right: list[Provision]) -> set[tuple[str, str]]:
    """One-to-one pairs of numbers, the likest first, while likeness is above the threshold."""
    counts = [_grams(p.text) for p in (*left, *right)]
    holding = Counter(gram for count in counts for gram in count)
    vectors = []
    for count in counts:
        vector = {
            g: (1 + math.log(n)) * (math.log((1 + len(counts)) / (1 + holding[g])) + 1)
            for g, n in count.items()
        }
        length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        vectors.append({g: w / length for g, w in vector.items()})
    scores = [
        (sum(w * vectors[len(left) + j].get(g, 0.0) for g, w in vectors[i].items()), i, j)
        for i in range(len(left))
        for j in range(len(right))
    ]
    edges, used_left, used_right = set(), set(), set()
    for likeness, i, j in sorted(scores, key=lambda s: (-s[0], s[1], s[2])):
        if likeness < THRESHOLD:
            break
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            edges.add((left[i].number, right[j].number))
    return edges
