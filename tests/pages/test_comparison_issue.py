import pytest

from comparisons.finding import by_pair
from plans.record import Record
from tests.pages.addresses import EUROPE, PAIR, US
from tests.pages.html import read
from tests.pages.test_comparison import marks

FIGURE = "600,000 → 800,000 personnel, +33 %; condition added: in peacetime"


def test_it_works(site, get):
    response = get(f"{PAIR}/armed-forces/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "How large may Ukraine’s armed forces be?"


@pytest.mark.parametrize("issue", ["donbas", "armed-forces", "nato-membership", "sanctions"])
def test_lead_issues_say_what_differs(site, get, issue):
    page = read(get(f"{PAIR}/{issue}/"))
    record = Record()
    assert record.issues[issue].question.replace("'", "’") == page.one("h1").text
    for slug in (US, EUROPE):
        position = record.latest[slug].position(issue)
        assert (position.stance or "").replace("'", "’") in page.text
    body = by_pair(record.latest[US], record.latest[EUROPE]).body
    (entry,) = [e for e in body["issues"] if e["issue"] == issue]
    assert entry["rows"]
    shown = [e.attrs["id"] for e in page.all("details") if e.attrs.get("id", "").startswith("r-")]
    assert set(shown) == {f"r-{row}" for row in entry["rows"]}
    rows = {row["id"]: row for row in body["points"]}
    for name in entry["rows"]:  # no link is cut by an issue page
        text = page.one(id=f"r-{name}").text
        assert all(number in text for number in rows[name]["left"] + rows[name]["right"])


def test_figures_are_marked_and_told_in_words(site, get):
    page = read(get(f"{PAIR}/armed-forces/"))
    assert marks(page, "del") == ["600,000"]
    assert marks(page, "ins") == ["800,000", "in peacetime"]
    assert FIGURE in page.text


def test_mirrored_figures(site, get):
    page = read(get(f"/compare/{EUROPE}...{US}/armed-forces/"))
    assert marks(page, "del") == ["800,000", "in peacetime"]
    assert marks(page, "ins") == ["600,000"]
    assert "800,000 → 600,000 personnel, −25 %; condition removed: in peacetime" in page.text
    assert "as the starting point" in page.text  # of the editors' sentence


@pytest.mark.parametrize("diff", ["split", "inline", "none"])
def test_marks_can_be_shown_in_three_ways(site, get, diff):
    page = read(get(f"{PAIR}/armed-forces/?diff={diff}"))
    assert marks(page, "del") == ([] if diff == "none" else ["600,000"])


def test_points_that_do_not_bear_on_the_issue_are_context(site, get):
    record = Record()
    body = by_pair(record.latest[US], record.latest[EUROPE]).body
    numbers = {
        slug: {p.number: p.issues for p in record.latest[slug].edition.provisions}
        for slug in (US, EUROPE)
    }
    rows = {row["id"]: row for row in body["points"]}
    seen = 0
    for entry in body["issues"]:
        context = sum(
            entry["issue"] not in numbers[slug][number]
            for name in entry["rows"]
            for slug, side in ((US, "left"), (EUROPE, "right"))
            for number in rows[name][side]
        )
        text = read(get(f"{PAIR}/{entry['issue']}/")).text
        assert text.count("Context: part of the same pairing") == context
        seen += context
    assert seen > 0


def test_issue_of_which_neither_says_anything(site, get):
    pair = "china-position-2023...russian-memorandum-2025"
    body = get(f"/compare/{pair}.json").json()
    untouched = [
        e["issue"]
        for e in body["issues"]
        if not e["rows"] and {p["kind"] for p in e["positions"]} == {"silent"}
    ]
    assert untouched
    text = read(get(f"/compare/{pair}/{untouched[0]}/")).text
    assert "Neither text says anything on this" in text
    assert text.count("silent") >= 2


def test_it_offers_its_permanent_link_and_the_whole(site, get, lead_token):
    links = read(get(f"{PAIR}/armed-forces/")).links
    assert f"/c/{lead_token}/armed-forces/" in links
    assert f"{PAIR}/#armed-forces" in links
    assert "/issues/armed-forces/" in links


def test_every_issue_of_the_lead_comparison_can_be_read_both_ways(site, get):
    for issue in Record().issues:
        assert get(f"{PAIR}/{issue}/").status_code == 200
        assert get(f"/compare/{EUROPE}...{US}/{issue}/?diff=inline").status_code == 200
