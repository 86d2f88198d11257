"""Figures of linked provisions, paired by measure and compared as quantities."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from plans.documents import Figure, decimal_string

# In these units a share of the earlier value says nothing: 33 % → 50 % is 17 points.
NO_PERCENTAGE = frozenset({"percent", "year"})


def compare_figures(left: Iterable[Figure], right: Iterable[Figure]) -> list[dict[str, Any]]:
    """Figures of the two sides of one link, one entry a measure, in the order of the texts.

    Where a measure stands several times on a side, the first is compared with the first, and so
    on. A side without the measure has value and bound null (not mentioned); "no limit" has the
    bound "none" and value null. `change` and `percent` are right minus left.
    """
    ours, theirs = _by_measure(left), _by_measure(right)
    measures = dict.fromkeys([*ours, *theirs])
    return [
        _pair(a, b)
        for measure in measures
        for a, b in _zip(ours.get(measure, []), theirs.get(measure, []))
    ]


def _by_measure(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.measure, []).append(figure)
    return found


def _zip(a: list[Figure], b: list[Figure]) -> list[tuple[Figure | None, Figure | None]]:
    length = max(len(a), len(b))
    return [(a[i] if i < len(a) else None, b[i] if i < len(b) else None) for i in range(length)]


def _pair(a: Figure | None, b: Figure | None) -> dict[str, Any]:
    named = a or b
    assert named is not None  # noqa: S101 (one side always has the measure)
    comparable = a is not None and b is not None and a.unit == b.unit
    before, after = a.value if a else None, b.value if b else None
    change = after - before if comparable and None not in (before, after) else None  # type: ignore[operator]
    ours, theirs = (a.condition if a else None), (b.condition if b else None)
    return {
        "measure": named.measure,
        "name": named.name,
        "unit": named.unit,
        "left": _string(before),
        "right": _string(after),
        "left_bound": a.bound if a else None,
        "right_bound": b.bound if b else None,
        "change": _string(change),
        "percent": _percent(before, change, named.unit),
        "condition_added": theirs if a and theirs != ours else None,
        "condition_removed": ours if b and ours != theirs else None,
    }


def _string(value: Decimal | None) -> str | None:
    return None if value is None else decimal_string(value)


def _percent(before: Decimal | None, change: Decimal | None, unit: str) -> str | None:
    if not before or change is None or unit in NO_PERCENTAGE:
        return None
    share = (change * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return decimal_string(share)


def mirror_figure(figure: dict[str, Any]) -> dict[str, Any]:
    """The same pair seen from the other side; the percentage is of the other value."""
    change = None if figure["change"] is None else -Decimal(figure["change"])
    before = None if figure["right"] is None else Decimal(figure["right"])
    return {
        **figure,
        "left": figure["right"],
        "right": figure["left"],
        "left_bound": figure["right_bound"],
        "right_bound": figure["left_bound"],
        "change": _string(change),
        "percent": _percent(before, change, figure["unit"]),
        "condition_added": figure["condition_removed"],
        "condition_removed": figure["condition_added"],
    }
