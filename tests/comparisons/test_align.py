"""The engine's suggestion, by cases (tests/cases/alignment.yaml) and by what always holds."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from comparisons.align import Link, in_order, link_text, links_from_json, relation_of, suggest
from plans.documents import to_json
from tests.factories import figure, provision_record

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/alignment.yaml").read_text(encoding="utf-8")
)

words = st.sampled_from("Ukraine Russia NATO forces withdraw treaty 600,000 assets план".split())
texts = st.lists(words, min_size=1, max_size=8).map(" ".join)
issues = st.lists(st.sampled_from(["armed-forces", "donbas"]), min_size=1, unique=True)
figures = st.sampled_from([[], [figure()], [figure(measure="term")]])
kinds = st.sampled_from(["provision", "provision", "heading"])


@st.composite
def editions(draw):
    drawn = draw(st.lists(st.tuples(texts, issues, figures, kinds), max_size=7))
    return [
        provision_record(str(n), text, issues=bears, figures=found, kind=kind)
        for n, (text, bears, found, kind) in enumerate(drawn, 1)
    ]


def printed(links: list[Link]) -> list[str]:
    return [f"{','.join(x.left)} = {','.join(x.right)}: {x.relation}" for x in links]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    left, right = (
        [provision_record(number, text) for number, text in case[side].items()]
        for side in ("left", "right")
    )
    assert printed(suggest(left, right)) == case["expected"]


@given(editions(), editions())
def test_every_provision_stands_exactly_once(left, right):
    links = suggest(left, right)
    assert Counter(n for x in links for n in x.left) == Counter(p.number for p in left)
    assert Counter(n for x in links for n in x.right) == Counter(p.number for p in right)


@given(editions(), editions())
def test_no_link_is_split_and_merged_at_once(left, right):
    assert all(min(len(x.left), len(x.right)) <= 1 for x in suggest(left, right))


@given(editions(), editions())
def test_relation_fits_the_sides_and_the_texts(left, right):
    ours, theirs = ({p.number: p for p in side} for side in (left, right))
    for x in suggest(left, right):
        a, b = link_text(ours[n] for n in x.left), link_text(theirs[n] for n in x.right)
        if not x.left or not x.right:
            assert x.relation == ("removed" if x.left else "added")
            assert x.score is None
        else:
            assert (x.relation == "same") == (a == b)
            assert x.relation in ("same", "amended", "replaced")
            assert 0 < x.score <= 1
        assert (x.reviewed, x.stale, x.change, x.changes) == (False, False, None, {})


@given(editions(), editions())
def test_suggestion_is_deterministic_and_in_order(left, right):
    links = suggest(left, right)
    assert suggest(list(left), tuple(right)) == links
    assert in_order(links, left, right) == links
    firsts = [int(x.left[0]) for x in links if x.left]
    assert firsts == sorted(firsts)


@given(editions(), editions(), st.randoms(use_true_random=False))
def test_order_of_links_does_not_hang_on_the_order_they_come_in(left, right, random):
    links = suggest(left, right)
    shuffled = random.sample(links, len(links))
    assert in_order(shuffled, left, right) == links


@given(editions(), editions())
def test_suggestion_does_not_hang_on_the_order_of_a_provisions_issues(left, right):
    turned = [dataclasses.replace(p, issues=p.issues[::-1]) for p in left]
    assert suggest(turned, right) == suggest(left, right)


@given(editions())
def test_text_that_stands_once_on_both_sides_is_the_same(edition):
    once = Counter(p.text for p in edition)
    other = [p for p in edition if once[p.text] == 1]
    expected = {p.number for p in other}
    same = {x.left[0] for x in suggest(edition, other) if x.relation == "same"}
    assert expected <= same


def test_headings_answer_headings_only():
    heading = provision_record("1", "Territory of Ukraine", kind="heading")
    point = provision_record("1", "Territory of Ukraine")
    assert printed(suggest([heading], [point])) == [" = 1: added", "1 = : removed"]
    assert printed(suggest([heading], [heading])) == ["1 = 1: same"]


def test_a_measure_in_both_is_evidence():
    left, right = "A limit of 600,000 holds.", "At most 800,000 people may serve."
    plain = [provision_record("1", text, issues=["donbas"]) for text in (left, right)]
    typed = [dataclasses.replace(p, figures=(_figure(),)) for p in plain]
    assert printed(suggest(plain[:1], plain[1:])) == [" = 1: added", "1 = : removed"]
    assert [x.relation for x in suggest(typed[:1], typed[1:])] == ["replaced"]


def _figure():
    return provision_record("1", figures=[figure()]).figures[0]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Troops leave.", "Troops leave.", "same"),
        ("Troops leave at once.", "Troops leave in May.", "amended"),
        ("Troops leave.", "Elections are held within one hundred days.", "replaced"),
    ],
)
def test_relation(left, right, relation):
    assert relation_of(left, right) == relation
    assert relation_of(right, left) == relation


def test_links_survive_their_document():
    links = [
        *suggest([provision_record("1"), provision_record("2")], [provision_record("2")]),
        Link(("3",), ("3", "4"), "amended", "It differs.", {"donbas": "So."}, True, True),
    ]
    assert links_from_json({"links": [to_json(x) for x in links]}) == links
