"""The comparison of two editions, as the public contract has it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.align import Link, suggest
from comparisons.compare import compare, mirror_comparison, only_issue, position
from tests.factories import catalogue_record, edition_record, figure, provision

US = "us-28-point-draft@2025-11-20"
EUROPE = "european-counterproposal@2025-11-23"
DIGESTS = dict.fromkeys(("left", "right", "catalogue", "alignment"), 64 * "0")


def compared(left, right, links=None, catalogue=None):
    if links is None:
        links = suggest(left.edition.provisions, right.edition.provisions)
    return compare(left, right, links, catalogue or catalogue_record(), digests=DIGESTS)


def editions(left: list[dict], right: list[dict], **right_fields):
    return (
        edition_record("plan-a", provisions=left),
        edition_record("plan-b", provisions=right, **right_fields),
    )


def flags_of(left, right, *links) -> list[list[str]]:
    return [row["flags"] for row in compared(*editions(left, right), list(links))["points"]]


# --- the rows -----------------------------------------------------------------------------------


def test_row_holds_the_link_and_its_diff():
    left, right = editions(
        [provision("6", "The army has 600,000 men.", figures=[figure()])],
        [provision("7", "The army has 800,000 men.", figures=[figure("800000")])],
    )
    link = Link(("6",), ("7",), "amended", "The cap rises.", {"armed-forces": "It rises."}, True)
    (row,) = compared(left, right, [link])["points"]
    figures = row.pop("figures")
    assert row == {
        "id": "6~7",
        "left": ["6"],
        "right": ["7"],
        "left_text": "The army has 600,000 men.",
        "right_text": "The army has 800,000 men.",
        "relation": "amended",
        "flags": ["renumbered"],
        "change": "The cap rises.",
        "changes": {"armed-forces": "It rises."},
        "reviewed": True,
        "score": None,
        "diff": [
            ["equal", "The army has "],
            ["delete", "600,000 "],
            ["insert", "800,000 "],
            ["equal", "men."],
        ],
        "coarse": False,
    }
    assert [(f["left"], f["right"], f["percent"]) for f in figures] == [
        ("600000", "800000", "33.3")
    ]


def test_several_provisions_of_a_side_are_joined_by_a_line_feed():
    left, right = editions(
        [provision("1", "One."), provision("2", "Two.")], [provision("1", "One.\nTwo.")]
    )
    (row,) = compared(left, right, [Link(("1", "2"), ("1",), "same")])["points"]
    assert (row["left_text"], row["diff"]) == ("One.\nTwo.", [["equal", "One.\nTwo."]])


TWO = [provision("1"), provision("2")]

FLAGS = {
    "nothing": (TWO, TWO, [Link(("1",), ("1",), "same"), Link(("2",), ("2",), "same")], [[], []]),
    "moved": (
        TWO,
        TWO[::-1],
        [Link(("1",), ("1",), "same"), Link(("2",), ("2",), "same")],
        [["moved"], []],
    ),
    "renumbered": (
        TWO[:1],
        [provision("9", TWO[0]["text"])],
        [Link(("1",), ("9",), "same")],
        [["renumbered"]],
    ),
    "split": (TWO[:1], TWO, [Link(("1",), ("1", "2"), "amended")], [["split"]]),
    "merged": (TWO, TWO[:1], [Link(("1", "2"), ("1",), "amended")], [["merged"]]),
    "split and merged": (
        TWO,
        TWO,
        [Link(("1", "2"), ("1", "2"), "same")],
        [["split", "merged"]],
    ),
    "spelling": (
        [provision("1", "The “pact”.")],
        [provision("1", 'The "Pact".')],
        [Link(("1",), ("1",), "amended")],
        [["spelling"]],
    ),
    "stale": (
        TWO[:1],
        TWO[:1],
        [Link(("1",), ("1",), "same", reviewed=True, stale=True)],
        [["stale"]],
    ),
    "one side only": (
        TWO[:1],
        TWO[1:],
        [Link(("1",), (), "removed"), Link((), ("2",), "added")],
        [[], []],
    ),
}


@pytest.mark.parametrize(("left", "right", "links", "expected"), FLAGS.values(), ids=list(FLAGS))
def test_flags(left, right, links, expected):
    assert flags_of(left, right, *links) == expected


def test_only_what_broke_the_common_order_has_moved():
    numbers = "12345"
    left = [provision(n) for n in numbers]
    right = [provision(n) for n in "51234"]
    links = [Link((n,), (n,), "same") for n in numbers]
    assert flags_of(left, right, *links) == [[], [], [], [], ["moved"]]


# --- issues -------------------------------------------------------------------------------------


def test_every_issue_of_the_catalogue_is_there_in_its_order():
    result = compared(*editions(TWO, TWO))
    assert [(i["issue"], i["group"]) for i in result["issues"]] == [
        ("armed-forces", "security"),
        ("nato-membership", "security"),
        ("donbas", "territory"),
    ]


def test_link_stands_whole_under_every_issue_that_a_member_bears_on():
    left, right = editions(
        [provision("1", issues=["donbas"]), provision("2", issues=["armed-forces"])],
        [provision("1", issues=["nato-membership"]), provision("3", issues=["donbas"])],
    )
    links = [Link(("1", "2"), ("1",), "amended"), Link((), ("3",), "added")]
    rows = {i["issue"]: i["rows"] for i in compared(left, right, links)["issues"]}
    assert rows == {
        "armed-forces": ["1~1"],
        "nato-membership": ["1~1"],
        "donbas": ["1~1", "~3"],
    }


STATED = {"issue": "armed-forces", "kind": "stated", "stance": "Capped", "provisions": ["1"]}
GAPS = {"complete": False, "gaps": "The annex."}

POSITIONS = {
    "stated": ({"positions": [STATED]}, ("stated", "Capped", ["1"])),
    "left open": (
        {"positions": [STATED | {"kind": "left-open", "stance": "Later"}]},
        ("left-open", "Later", ["1"]),
    ),
    "unread": (
        {**GAPS, "positions": [STATED | {"kind": "unread", "provisions": []}]},
        ("unread", "Capped", []),
    ),
    "silent": ({"provisions": [provision("1", issues=["donbas"])]}, ("silent", None, [])),
    "not in what we read": (
        {**GAPS, "provisions": [provision("1", issues=["donbas"])]},
        ("not-in-what-we-read", None, []),
    ),
    "no position, but provisions that bear on it": ({}, ("silent", None, ["1", "2", "3"])),
}


@pytest.mark.parametrize(("fields", "expected"), POSITIONS.values(), ids=list(POSITIONS))
def test_position_or_which_kind_of_nothing(fields, expected):
    found = position(edition_record(**fields).edition, "armed-forces")
    assert (found["kind"], found["stance"], found["provisions"]) == expected


# --- the other direction, and a part ------------------------------------------------------------

words = st.sampled_from("Ukraine Russia NATO forces withdraw treaty 600,000 assets plan".split())
points = st.tuples(
    st.lists(words, min_size=1, max_size=8).map(" ".join),
    st.sampled_from([["armed-forces"], ["donbas", "armed-forces"]]),
    st.sampled_from([[], [figure()], [figure("5")], [figure(None, condition="in peacetime")]]),
)


def drawn_edition(plan, drawn):
    return edition_record(
        plan,
        provisions=[
            provision(str(n), text, issues=issues, figures=figures)
            for n, (text, issues, figures) in enumerate(drawn, 1)
        ],
    )


@given(st.lists(points, max_size=6), st.lists(points, max_size=6))
def test_mirrored_twice_is_the_same(left, right):
    result = compared(drawn_edition("plan-a", left), drawn_edition("plan-b", right))
    assert mirror_comparison(mirror_comparison(result)) == result


@given(st.lists(points, max_size=6), st.lists(points, max_size=6))
def test_mirrored_is_the_comparison_with_sides_exchanged(left, right):
    a, b = drawn_edition("plan-a", left), drawn_edition("plan-b", right)
    links = suggest(a.edition.provisions, b.edition.provisions)
    other = {"removed": "added", "added": "removed"}
    exchanged = [
        replace(x, left=x.right, right=x.left, relation=other.get(x.relation, x.relation))
        for x in links
    ]
    mirrored = mirror_comparison(compared(a, b, links))
    expected = compared(b, a, exchanged)
    assert mirrored["counts"] == expected["counts"]
    assert (mirrored["left"], mirrored["right"]) == (expected["left"], expected["right"])
    for row, wanted in zip(mirrored["points"], expected["points"], strict=True):
        for field in ("left", "right", "left_text", "right_text", "relation", "diff"):
            assert row[field] == wanted[field]
        assert set(row["flags"]) - {"moved"} == set(wanted["flags"]) - {"moved"}


def test_one_issue_of_a_comparison():
    left, right = editions([provision("1"), provision("2", issues=["donbas"])], TWO[:1])
    result = compared(left, right)
    part = only_issue(result, "donbas")
    assert [i["issue"] for i in part["issues"]] == ["donbas"]
    assert [row["left"] for row in part["points"]] == [["2"]]
    assert part["counts"] == {"same": 0, "amended": 0, "replaced": 0, "removed": 1, "added": 0}
    assert part["left"] == result["left"]
    assert only_issue(result, "weather") is None


# --- the bundled plans --------------------------------------------------------------------------


@pytest.fixture
def us_and_europe(bundled):
    return bundled[f"comparison/{US}...{EUROPE}"]


def test_us_and_european_counts(us_and_europe):
    assert us_and_europe["counts"] == {
        "same": 30,
        "amended": 10,
        "replaced": 4,
        "removed": 5,
        "added": 0,
    }
    points = us_and_europe["points"]
    assert len({n for row in points for n in row["left"]}) == 57
    assert len({n for row in points for n in row["right"]}) == 45
    assert all(row["reviewed"] for row in points)


def test_us_and_european_cap_on_the_army(us_and_europe):
    (row,) = [row for row in us_and_europe["points"] if row["id"] == "6~6"]
    assert row["diff"] == [
        ["equal", "The Armed Forces of Ukraine are capped at "],
        ["delete", "600,000 "],
        ["insert", "800,000 "],
        ["equal", "personnel"],
        ["insert", " in peacetime"],
        ["equal", "."],
    ]
    (found,) = row["figures"]
    assert (found["change"], found["percent"]) == ("200000", "33.3")
    assert found["condition_added"] == "in peacetime"


def test_all_pairs_are_compared_with_the_earlier_text_on_the_left(bundled_comparisons, bundled):
    plans = [key for key in bundled if key.startswith("edition/")]
    assert len(bundled_comparisons) == len(plans) * (len(plans) - 1) // 2
    for body in bundled_comparisons:
        left, right = ((e["date"], e["plan"]) for e in (body["left"], body["right"]))
        assert left < right


def test_every_bundled_provision_stands_exactly_once(bundled_comparisons, bundled):
    for body in bundled_comparisons:
        for side in ("left", "right"):
            key = f"edition/{body[side]['plan']}@{body[side]['edition']}"
            numbers = [p["number"] for p in bundled[key]["edition"]["provisions"]]
            placed = Counter(n for row in body["points"] for n in row[side])
            assert placed == Counter(numbers)


def test_bundled_comparisons_say_what_the_contract_promises(bundled_comparisons, bundled):
    groups = bundled["catalogue"]["groups"]
    issues = [issue["slug"] for group in groups for issue in group["issues"]]
    for body in bundled_comparisons:
        assert [i["issue"] for i in body["issues"]] == issues
        ids = [row["id"] for row in body["points"]]
        assert len(set(ids)) == len(ids)
        assert {i for issue in body["issues"] for i in issue["rows"]} == set(ids)
        for row in body["points"]:
            assert "".join(t for k, t in row["diff"] if k != "insert") == row["left_text"]
            assert "".join(t for k, t in row["diff"] if k != "delete") == row["right_text"]
            both = bool(row["left"] and row["right"])
            identical = both and row["left_text"] == row["right_text"]
            assert (row["relation"] == "same") == identical
        assert mirror_comparison(mirror_comparison(body)) == body


def test_bundled_rows_stand_under_the_issues_of_all_their_members(bundled_comparisons, bundled):
    for body in bundled_comparisons:
        bears = {}
        for side in ("left", "right"):
            key = f"edition/{body[side]['plan']}@{body[side]['edition']}"
            for p in bundled[key]["edition"]["provisions"]:
                bears[side, p["number"]] = set(p["issues"])
        expected = {
            row["id"]: set().union(*(bears[s, n] for s in ("left", "right") for n in row[s]))
            for row in body["points"]
        }
        found = {row["id"]: set() for row in body["points"]}
        for issue in body["issues"]:
            for row in issue["rows"]:
                found[row].add(issue["issue"])
        assert found == expected
