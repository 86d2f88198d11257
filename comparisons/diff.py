"""The word diff: which words of two texts differ.

The inner loop is rapidfuzz's Indel (the longest common subsequence of tokens, so the fewest
changed tokens). Around it: a bound on the work, one orientation so that both directions mark the
same words, the absorption of islands that carry no meaning, and a limit below which two texts
count as rewritten.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from comparisons.tokens import Token, is_number, is_small, is_word, join, key, tokenise

Kind = Literal["equal", "delete", "insert"]

EXACT_TOKENS = 4_000  # a side; above, Indel's memory and time grow with the product of the sides
ISLAND_WORDS = 2  # longer unchanged runs always help the reader to find the place
REWRITTEN_BELOW = 0.5  # share of words that agree; below, marks are a salad of single words


class Span(NamedTuple):
    """A run of one kind. Equal and delete texts give the left text; equal and insert the right."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Diff:
    """`coarse` says that the texts were too long for an exact answer; `shared` is 0 to 1."""

    spans: tuple[Span, ...]
    coarse: bool
    shared: float

    @property
    def rewritten(self) -> bool:
        """Whether too little is shared for marks to help."""
        return self.shared < REWRITTEN_BELOW and len(self.spans) > 1


class _Run(NamedTuple):
    """Tokens of both sides: the same bodies (equal), or what stands instead of what."""

    equal: bool
    left: tuple[Token, ...]
    right: tuple[Token, ...]


def diff(left: str, right: str) -> Diff:
    """Compare two texts word by word.

    Lossless for any text, and symmetric: exchanging the texts exchanges the marks and nothing
    else.
    """
    if left == right:
        return Diff((Span("equal", left),) if left else (), False, 1.0)
    if left > right:  # always computed in one orientation
        return _mirrored(diff(right, left))
    runs, coarse = _runs(tokenise(left), tokenise(right))
    shared = _shared(runs)
    if shared < REWRITTEN_BELOW:
        return Diff(tuple(_replace(left, right)), coarse, shared)
    return Diff(tuple(_spans(_absorb(runs))), coarse, shared)


def spelling_only(left: str, right: str) -> bool:
    """Whether two texts differ in case, quotation marks, dashes, apostrophes or spacing alone."""
    return left != right and _plain(left) == _plain(right)


_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´ʹ", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)


def _plain(text: str) -> str:
    return "".join(key(text).translate(_TYPOGRAPHY).casefold().split())


# --- finding the runs ---------------------------------------------------------------------------


def _runs(left: Sequence[Token], right: Sequence[Token]) -> tuple[list[_Run], bool]:
    names: dict[str, int] = {}
    a = [names.setdefault(key(t.body), len(names)) for t in left]
    b = [names.setdefault(key(t.body), len(names)) for t in right]
    start, end = _common_ends(a, b)
    middle_a, middle_b = a[start : len(a) - end], b[start : len(b) - end]
    coarse = max(len(middle_a), len(middle_b)) > EXACT_TOKENS
    blocks = [(True, 0, start, 0, start)]
    if coarse:
        blocks.append((False, start, len(a) - end, start, len(b) - end))
    else:
        blocks += [
            (
                op.tag == "equal",
                start + op.src_start,
                start + op.src_end,
                start + op.dest_start,
                start + op.dest_end,
            )
            for op in Indel.opcodes(middle_a, middle_b)
        ]
    blocks.append((True, len(a) - end, len(a), len(b) - end, len(b)))
    return list(_merged(blocks, left, right)), coarse


def _common_ends(a: list[int], b: list[int]) -> tuple[int, int]:
    """How many items agree at the start, and how many of the rest at the end."""
    limit = min(len(a), len(b))
    start = next((i for i in range(limit) if a[i] != b[i]), limit)
    rest = limit - start
    end = next((i for i in range(rest) if a[-1 - i] != b[-1 - i]), rest)
    return start, end


def _merged(
    blocks: Iterable[tuple[bool, int, int, int, int]],
    left: Sequence[Token],
    right: Sequence[Token],
) -> Iterator[_Run]:
    """Neighbouring runs of one kind become one; empty ones go."""
    pending: _Run | None = None
    for equal, i1, i2, j1, j2 in blocks:
        run = _Run(equal, tuple(left[i1:i2]), tuple(right[j1:j2]))
        if not run.left and not run.right:
            continue
        if pending and pending.equal == run.equal:
            pending = _Run(equal, pending.left + run.left, pending.right + run.right)
            continue
        if pending:
            yield pending
        pending = run
    if pending:
        yield pending


# --- making them readable -----------------------------------------------------------------------


def _shared(runs: list[_Run]) -> float:
    """The share of words (marks and spaces left out) that both texts have in common."""
    equal = sum(is_word(t.body) for run in runs if run.equal for t in run.left)
    words = sum(is_word(t.body) for run in runs for side in run[1:] for t in side)
    return 2 * equal / words if words else 0.0


def _absorb(runs: list[_Run]) -> list[_Run]:
    """Join changes across unchanged islands that only cut a phrase in pieces.

    An island goes if it is one or two small words or marks between two changes of which one at
    least puts words in place of others, and no figure stands beside it: a changed figure has to
    stay visible by itself.
    """
    result: list[_Run] = []
    for index, run in enumerate(runs):
        inner = 0 < index < len(runs) - 1
        if inner and run.equal and _meaningless(run, runs[index - 1], runs[index + 1]):
            run = _Run(False, run.left, run.right)
        if result and not result[-1].equal and not run.equal:
            last = result.pop()
            run = _Run(False, last.left + run.left, last.right + run.right)
        result.append(run)
    return result


def _meaningless(island: _Run, before: _Run, after: _Run) -> bool:
    return (
        len(island.left) <= ISLAND_WORDS
        and all(is_small(t.body) for t in island.left)
        and any(run.left and run.right for run in (before, after))
        and not any(is_number(t.body) for run in (before, after) for side in run[1:] for t in side)
    )


# --- spans --------------------------------------------------------------------------------------


def _spans(runs: Iterable[_Run]) -> Iterator[Span]:
    """Runs as spans, so that both texts can be rebuilt to the last space."""
    pieces: list[Span] = []
    for run in runs:
        if run.equal:
            for ours, theirs in zip(run.left, run.right, strict=True):
                pieces += _equal(ours, theirs)
        else:
            pieces += _replace(join(run.left), join(run.right))
    yield from _joined(pieces)


def _equal(ours: Token, theirs: Token) -> list[Span]:
    """One token on both sides; its spelling in bytes, or the space after it, may still differ."""
    if ours == theirs:
        return [Span("equal", ours.body + ours.space)]
    if ours.body != theirs.body:  # NFC and NFD of one word
        return list(_replace(join([ours]), join([theirs])))
    return [Span("equal", ours.body), *_replace(ours.space, theirs.space)]


def _replace(left: str, right: str) -> Iterator[Span]:
    if left:
        yield Span("delete", left)
    if right:
        yield Span("insert", right)


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one span; within a change, deleted before inserted."""
    equal, deleted, inserted = "", "", ""
    for kind, text in pieces:
        if kind == "equal":
            yield from _replace(deleted, inserted)
            equal, deleted, inserted = equal + text, "", ""
            continue
        if equal:
            yield Span("equal", equal)
            equal = ""
        deleted, inserted = (
            (deleted + text, inserted) if kind == "delete" else (deleted, inserted + text)
        )
    if equal:
        yield Span("equal", equal)
    yield from _replace(deleted, inserted)


def mirror(spans: Iterable[tuple[str, str]]) -> list[Span]:
    """The same marks seen from the other side."""
    other: dict[str, Kind] = {"equal": "equal", "delete": "insert", "insert": "delete"}
    return list(_joined([Span(other[kind], text) for kind, text in spans]))


def _mirrored(result: Diff) -> Diff:
    return Diff(tuple(mirror(result.spans)), result.coarse, result.shared)
