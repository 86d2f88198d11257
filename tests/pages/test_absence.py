"""Absence is always one of the words, and only a complete text is silent."""

from tests.factories import catalogue_file, edition, load_files, plan_file, provision
from tests.pages.html import read


def test_issue_page_says_which_nothing_it_is(db, get, tmp_path):
    whole = edition("2025-11-20", provisions=[provision("1")])
    part = edition("2025-11-24", provisions=[provision("1")], complete=False, gaps="Much.")
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a", whole),
        b=plan_file("plan-b", part),
    )
    page = read(get("/issues/donbas/"))
    assert "silent" in page.one(id="plan-a").text
    assert "not in what we have read" in page.one(id="plan-b").text
    assert "silent" not in page.one(id="plan-b").text


def test_comparison_says_which_nothing_it_is(db, get, tmp_path):
    whole = edition("2025-11-20", provisions=[provision("1")])
    part = edition(
        "2025-11-24", provisions=[provision("1", "Wholly other words."), provision("2")],
        complete=False, gaps="Much.",
    )  # fmt: skip
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a", whole),
        b=plan_file("plan-b", part),
    )
    text = read(get("/compare/plan-a...plan-b/donbas/")).text
    assert "Neither text says anything on this" in text
    assert "silent" in text
    assert "not in what we have read" in text
    text = read(get("/compare/plan-a...plan-b/armed-forces/")).text
    assert "No point of plan-a answers this one." in text
    text = read(get("/compare/plan-b...plan-a/armed-forces/")).text
    assert "No point of plan-a answers this one." in text


def test_points_without_a_position_are_named(db, get, tmp_path):
    load_files(tmp_path, catalogue=catalogue_file(), a=plan_file("plan-a"))
    for path in ("/issues/armed-forces/", "/"):
        assert "points 1, 2 and 3 bear on it" in read(get(path)).text
