"""Figures are compared as quantities, by measure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.figures import compare_figures, mirror_figure
from plans.documents import Figure, adapter
from tests.factories import figure


def figures(*made) -> list[Figure]:
    return [adapter(Figure).validate_python(f) for f in made]


def pair(left, right):
    (found,) = compare_figures(figures(*left), figures(*right))
    return found


EMPTY = {"change": None, "percent": None, "condition_added": None, "condition_removed": None}


def test_change_and_percentage_and_condition():
    assert pair([figure("600000")], [figure("800000", condition="in peacetime")]) == {
        "measure": "armed-forces-size",
        "name": "personnel of the armed forces",
        "unit": "personnel",
        "left": "600000",
        "right": "800000",
        "left_bound": "at-most",
        "right_bound": "at-most",
        "change": "200000",
        "percent": "33.3",
        "condition_added": "in peacetime",
        "condition_removed": None,
    }


RULES = {
    "a fall is negative": (
        [figure("800000")],
        [figure("600000")],
        {"change": "-200000", "percent": "-25"},
    ),
    "nothing changed": ([figure()], [figure()], {**EMPTY, "change": "0", "percent": "0"}),
    "a tiny fall is not minus nothing": (
        [figure("1000000")],
        [figure("999999")],
        {"change": "-1", "percent": "0"},
    ),
    "no share of nothing": ([figure("0")], [figure("5")], {"change": "5", "percent": None}),
    "no limit is neither a value nor unmentioned": (
        [figure("600000")],
        [figure(None)],
        {**EMPTY, "right": None, "right_bound": "none"},
    ),
    "no limit on both sides": (
        [figure(None)],
        [figure(None)],
        {**EMPTY, "left_bound": "none", "right_bound": "none"},
    ),
    "not mentioned": (
        [figure("600000", condition="in peacetime")],
        [],
        {**EMPTY, "left": "600000", "right": None, "right_bound": None},
    ),
    "other units have no difference": (
        [figure("5", unit="brigades")],
        [figure("600000")],
        {**EMPTY, "left": "5", "right": "600000"},
    ),
    "a percentage changes by points": (
        [figure("33", unit="percent")],
        [figure("50", unit="percent")],
        {"change": "17", "percent": None},
    ),
    "a year has no percentage": (
        [figure("2026", unit="year")],
        [figure("2027", unit="year")],
        {"change": "1", "percent": None},
    ),
    "another bound is shown as such": (
        [figure("100")],
        [figure("100", bound="about")],
        {"left_bound": "at-most", "right_bound": "about", "change": "0"},
    ),
    "a condition is dropped": (
        [figure(condition="in peacetime")],
        [figure()],
        {"condition_added": None, "condition_removed": "in peacetime"},
    ),
    "a condition is another": (
        [figure(condition="in peacetime")],
        [figure(condition="in wartime")],
        {"condition_added": "in wartime", "condition_removed": "in peacetime"},
    ),
    "a condition stays": (
        [figure(condition="in peacetime")],
        [figure(condition="in peacetime")],
        {"condition_added": None, "condition_removed": None},
    ),
    "decimals are exact": (
        [figure("0.1")],
        [figure("0.3")],
        {"change": "0.2", "percent": "200"},
    ),
}


@pytest.mark.parametrize(("left", "right", "expected"), RULES.values(), ids=list(RULES))
def test_rule(left, right, expected):
    found = pair(left, right)
    assert {field: found[field] for field in expected} == expected


def test_only_figures_of_one_measure_are_paired():
    found = compare_figures(
        figures(figure(), figure("15", measure="term")),
        figures(figure("20", measure="term"), figure("3", measure="ships")),
    )
    assert [(f["measure"], f["left"], f["right"]) for f in found] == [
        ("armed-forces-size", "600000", None),
        ("term", "15", "20"),
        ("ships", None, "3"),
    ]


def test_several_of_one_measure_are_paired_in_their_order():
    found = compare_figures(figures(figure("1"), figure("2")), figures(figure("3")))
    assert [(f["left"], f["right"]) for f in found] == [("1", "3"), ("2", None)]


values = st.none() | st.decimals(-(10**12), 10**12, places=2)


@st.composite
def some_figures(draw):
    made = draw(st.lists(st.tuples(values, st.sampled_from(["a", "b"]), st.booleans()), max_size=3))
    return figures(
        *(
            figure(
                None if value is None else str(value),
                measure=measure,
                condition="in peacetime" if conditional else None,
                unit="percent" if measure == "b" else "personnel",
            )
            for value, measure, conditional in made
        )
    )


@given(some_figures(), some_figures())
def test_mirrored_pairs_are_the_pairs_of_the_other_direction(left, right):
    def by_measure(found):
        return sorted(found, key=lambda f: f["measure"])

    there, back = compare_figures(left, right), compare_figures(right, left)
    assert by_measure([mirror_figure(f) for f in there]) == by_measure(back)
    assert [mirror_figure(mirror_figure(f)) for f in there] == there


@given(some_figures(), some_figures())
def test_change_is_right_minus_left(left, right):
    for found in compare_figures(left, right):
        if found["change"] is not None:
            assert Decimal(found["left"]) + Decimal(found["change"]) == Decimal(found["right"])
        else:
            assert None in (found["left"], found["right"])
