from plans.record import Record
from tests.pages.addresses import EUROPE, PAIR, US
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/")
    assert response.status_code == 200
    assert read(response).one("h1").text.startswith("What each peace plan for Ukraine says")


def test_it_leads_to_every_plan_and_every_issue(site, get):
    record, links = Record(), read(get("/")).links
    assert {f"/plans/{slug}/" for slug in record.latest} <= links.keys()
    assert {f"/issues/{slug}/" for slug in record.issues} <= links.keys()


def test_it_shows_the_lead_comparison_in_its_featured_issues(site, get):
    record, links = Record(), read(get("/")).links
    featured = {i.slug for i in record.catalogue.issues if i.featured}
    assert len(featured) == 8
    assert {f"{PAIR}/"} | {f"{PAIR}/{slug}/" for slug in featured} <= links.keys()


def test_matrix_has_plans_by_date_and_featured_issues_first(site, get):
    record = Record()
    matrix, others = read(get("/")).all("table")
    heads = [th.text for th in matrix.one("thead").all("th")[1:]]
    shorts = [found.plan.short_title for found in record.latest.values()]
    assert [head[: len(short)] for head, short in zip(heads, shorts, strict=True)] == shorts
    dates = [found.edition.date for found in record.latest.values()]
    assert dates == sorted(dates)
    rows = [row.all("a")[0].attrs["href"] for row in matrix.one("tbody").all("tr")]
    assert rows == [f"/issues/{i.slug}/" for i in record.catalogue.issues if i.featured]
    more = [a.attrs["href"] for th in others.all("th", scope="row") for a in th.all("a")]
    assert more == [f"/issues/{i.slug}/" for i in record.catalogue.issues if not i.featured]


def test_no_cell_of_the_matrix_is_empty_and_each_says_which_nothing_it_is(site, get):
    record = Record()
    plans = list(record.latest.values())
    absent = {True: "silent", False: "not in what we have read"}
    seen = set()
    for table in read(get("/")).all("table"):
        for row in table.one("tbody").all("tr"):
            cells = row.all("td")
            if not cells:  # the name of a group
                continue
            issue = row.all("a")[0].attrs["href"].split("/")[2]
            for found, cell in zip(plans, cells, strict=True):
                kind = found.position(issue).kind
                seen.add(kind)
                assert cell.text
                if kind in ("silent", "not-in-what-we-read"):
                    assert cell.text.startswith(absent[found.edition.complete])
                elif kind != "stated":
                    assert cell.text.startswith({"left-open": "left open"}.get(kind, kind))
    assert seen >= {"stated", "silent", "not-in-what-we-read", "left-open", "dropped"}


def test_it_says_what_is_new(site, get):
    record, links = Record(), read(get("/")).links
    newest = record.editions[-1]
    assert f"/plans/{newest.plan.slug}/{newest.edition.slug}/" in links


def test_lead_comparison_names_both_texts(site, get):
    text = read(get("/")).text
    record = Record()
    for slug in (US, EUROPE):
        assert record.latest[slug].plan.title in text
