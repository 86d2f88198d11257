from plans.record import Record
from tests.pages.addresses import EUROPE, PAIR, US
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/issues/armed-forces/")
    assert response.status_code == 200
    page = read(response)
    assert page.one("h1").text == "How large may Ukraine’s armed forces be?"
    assert page.one(id=US).text.count("Capped at 600,000")


def test_every_issue_shows_every_plan_by_date_and_what_kind_of_nothing_there_is(site, get):
    record = Record()
    words = {"left-open": "left open", "not-in-what-we-read": "not in what we have read"}
    for slug in record.issues:
        entries = read(get(f"/issues/{slug}/")).one("main").one("ol").all("li")
        entries = [entry for entry in entries if entry.attrs.get("id") in record.latest]
        assert [entry.attrs["id"] for entry in entries] == list(record.latest)
        for entry, found in zip(entries, record.latest.values(), strict=True):
            position = found.position(slug)
            shown = entry.text.replace("'", "’")
            if position.stance:
                assert position.stance.replace("'", "’") in shown
            if position.kind != "stated":
                assert words.get(position.kind, position.kind) in shown
            if position.kind == "silent":
                assert found.edition.complete
            if position.kind == "not-in-what-we-read":
                assert not found.edition.complete


def test_position_comes_with_the_points_that_bear_on_it(site, get):
    links = read(get("/issues/armed-forces/")).links
    assert {f"/plans/{US}/#p-6", f"/plans/{EUROPE}/#p-6"} <= links.keys()


def test_it_leads_to_the_word_for_word_comparison_of_a_text_and_its_revision(site, get):
    assert f"{PAIR}/armed-forces/" in read(get("/issues/armed-forces/")).links


def test_it_leads_to_the_issues_before_and_after(site, get):
    order = [issue.slug for issue in Record().catalogue.issues]
    for before, slug, after in zip(order, order[1:], order[2:], strict=False):
        page = read(get(f"/issues/{slug}/"))
        assert page.one("a", rel="prev").attrs["href"] == f"/issues/{before}/"
        assert page.one("a", rel="next").attrs["href"] == f"/issues/{after}/"
