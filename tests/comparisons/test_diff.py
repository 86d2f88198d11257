"""The word diff, by cases (tests/cases/diff.yaml) and by what holds for all texts."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comparisons.diff import EXACT_TOKENS, diff, mirror, spelling_only

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/diff.yaml").read_text(encoding="utf-8"))

anything = st.text(st.characters(exclude_categories=["Cs"]))
# Texts of few words overlap, so that there are runs, islands and moves between them.
words = st.sampled_from(
    "the of not Ukraine Russia withdraws forces 600,000 800,000 50% й й , . in to".split()
)
spaces = st.sampled_from([" ", " ", " ", "  ", "\n", "\u00a0", ""])
overlapping = st.lists(st.tuples(words, spaces).map("".join), max_size=25).map("".join)
pairs = st.tuples(anything, anything) | st.tuples(overlapping, overlapping)


def marked(left: str, right: str) -> str:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(marks[kind].format(text) for kind, text in diff(left, right).spans)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    assert marked(case["left"], case["right"]) == case["expected"]


@given(pairs)
@example(("", " "))
@example(("а\u0301", "á"))
@settings(max_examples=400)
def test_both_texts_can_be_rebuilt(texts):
    left, right = texts
    spans = diff(left, right).spans
    assert "".join(s.text for s in spans if s.kind != "insert") == left
    assert "".join(s.text for s in spans if s.kind != "delete") == right


@given(pairs)
@settings(max_examples=400)
def test_the_other_direction_marks_the_same(texts):
    left, right = texts
    there, back = diff(left, right), diff(right, left)
    exchanged = {"equal": "equal", "delete": "insert", "insert": "delete"}

    def pieces(spans, kinds):
        return [(kinds[kind], text) for kind, text in spans if kind == "equal"], {
            kinds[kind]: [t for k, t in spans if k == kind] for kind in ("delete", "insert")
        }

    same = {kind: kind for kind in exchanged}
    assert pieces(back.spans, exchanged) == pieces(there.spans, same)
    assert (back.coarse, back.shared) == (there.coarse, there.shared)
    assert tuple(mirror(there.spans)) == back.spans
    assert tuple(mirror(mirror(there.spans))) == there.spans


@given(pairs)
@settings(max_examples=400)
def test_spans_alternate_and_none_is_empty(texts):
    spans = diff(*texts).spans
    assert all(span.text for span in spans)
    after = {
        "equal": {"delete", "insert"},
        "delete": {"insert", "equal"},
        "insert": {"equal"},
    }
    assert all(second.kind in after[first.kind] for first, second in pairwise(spans))


@given(anything | overlapping)
def test_text_against_itself_is_equal_throughout(text):
    result = diff(text, text)
    assert [span for span in result.spans if span.kind != "equal"] == []
    assert (result.coarse, result.shared, result.rewritten) == (False, 1.0, False)


@given(pairs)
def test_share_of_words_is_between_none_and_all(texts):
    assert 0 <= diff(*texts).shared <= 1


@pytest.mark.parametrize(
    ("left", "right"), [("a b c d", "a x y z"), ("a b", "c d"), ("a b c d e", "a b x y z")]
)
def test_rewritten_texts_say_so(left, right):
    result = diff(left, right)
    assert result.rewritten
    assert [span.kind for span in result.spans] == ["delete", "insert"]


def test_half_in_common_is_not_rewritten():
    assert not diff("the army of Ukraine", "the army of Russia").rewritten
    assert diff("one two", "one three").shared == 0.5
    assert not diff("one two", "one three").rewritten


def test_long_texts_are_compared_coarsely_and_still_whole():
    middle = [f"left{i}" for i in range(EXACT_TOKENS + 1)]
    ends = " ".join(f"word{i}" for i in range(3 * EXACT_TOKENS))
    left, right = f"{ends} {' '.join(middle)} {ends}", f"{ends} right {ends}"
    result = diff(left, right)
    assert result.coarse
    assert [span.kind for span in result.spans] == ["equal", "delete", "insert", "equal"]
    assert result.spans[1].text == " ".join(middle) + " "
    assert diff(right, left).spans == tuple(mirror(result.spans))


def test_long_texts_that_differ_in_one_place_are_compared_exactly():
    words = [f"word{i}" for i in range(3 * EXACT_TOKENS)]
    result = diff(" ".join(words), " ".join(["first", *words[1:]]))
    assert not result.coarse
    assert [span.text for span in result.spans[:2]] == ["word0 ", "first "]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("the “Donbas”", 'the "donbas"', True),
        ("Ukraine's", "Ukraine’s", True),
        ("2022–2025", "2022-2025", True),
        ("a  b", "a\nb", True),
        ("a b", "a b", False),
        ("a b", "a c", False),
        ("600,000", "600.000", False),
        ("not", "no", False),
    ],
)
def test_spelling_only(left, right, expected):
    assert spelling_only(left, right) is expected
