"""What the page says of figures: never more than was entered."""

import pytest

from comparisons.shown import changed_figures


def row(left_text="Capped at 600,000.", right_text="", **figure):
    known = {
        "left": "600000",
        "right": None,
        "left_bound": "at-most",
        "right_bound": None,
        "condition_added": None,
        "condition_removed": None,
    }
    return {"left_text": left_text, "right_text": right_text, "figures": [known | figure]}


@pytest.mark.parametrize("right_text", ["", "Arms are promised."])
def test_figure_of_one_text_alone_is_told(right_text):
    assert len(changed_figures(row(right_text=right_text))) == 1


def test_nothing_is_said_where_the_other_text_has_a_number_that_no_one_typed():
    """Else the page would say that only A has a cap, above a B that is capped at 700,000."""
    assert changed_figures(row(right_text="Capped at 700,000.")) == []


def test_figures_that_are_the_same_are_left_out():
    same = {"right": "600000", "right_bound": "at-most"}
    assert changed_figures(row(right_text="Capped at 600,000.", **same)) == []
    assert (
        len(changed_figures(row(right_text="Now 600,000.", **same, condition_added="in peace")))
        == 1
    )
