from plans.record import Record
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/plans/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "The plans"


def test_plans_stand_by_the_date_of_their_latest_edition(site, get):
    record, page = Record(), read(get("/plans/"))
    hrefs = [h2.one("a").attrs["href"] for h2 in page.all("h2") if h2.all("a")]
    assert hrefs == [f"/plans/{slug}/" for slug in record.latest]
    assert len(hrefs) == 10
    dates = [t.attrs["datetime"] for t in page.one("main").all("time")]
    assert dates == [e.edition.date.isoformat() for e in record.latest.values()]


def test_each_says_its_status_and_whether_it_is_complete(site, get):
    items = read(get("/plans/")).one("main").one("ol").all("li")
    statuses = {
        "leaked-draft": "Leaked draft",
        "official": "Official text",
        "signed": "Signed text",
    }
    for item, found in zip(items, Record().latest.values(), strict=True):
        if found.edition.status in statuses:
            assert statuses[found.edition.status] in item.text
        assert ("incomplete" in item.text) == (not found.edition.complete)
        assert f"{len(found.edition.provisions)} points" in item.text
