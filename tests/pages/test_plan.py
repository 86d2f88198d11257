import pytest

from plans.record import Record
from tests.pages.addresses import EUROPE, FRAMEWORK, US
from tests.pages.html import read


def test_it_works(site, get):
    response = get(f"/plans/{US}/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "US 28-point draft"


def test_every_provision_has_its_anchor_and_its_text(site, get):
    for slug, found in Record().latest.items():
        page = read(get(f"/plans/{slug}/"))
        anchors = [e.attrs["id"] for e in page.all("li") if e.attrs.get("id", "").startswith("p-")]
        assert anchors == [f"p-{p.number}" for p in found.edition.provisions]
        for p in found.edition.provisions:
            text = page.one("li", id=f"p-{p.number}").text
            assert p.text.replace("'", "’") in text.replace("'", "’")


def test_a_provision_says_how_sure_we_are_and_names_its_sources(site, get):
    point = read(get(f"/plans/{US}/")).one(id="p-10.c")
    assert "corroborated" in point.text
    assert "Axios" in point.text
    assert point.links["https://www.axios.com/2025/11/20/trump-ukraine-peace-plan-28-points-russia"]
    assert "Copies call the response decisive" in point.text  # the note
    assert "binds Russia" in point.text
    assert {
        f"/issues/{i}/#{US}" for i in ("security-guarantees", "sanctions")
    } <= point.links.keys()


def test_where_copies_differ_the_other_reading_stands_with_its_source(site, get):
    point = read(get(f"/plans/{EUROPE}/")).one(id="p-6")
    assert "The Armed Forces of Ukraine are not capped." in point.text
    assert "thebadely.github.io" in point.text


def test_a_figure_is_told_as_a_figure(site, get):
    assert (
        "at most 800,000 personnel, in peacetime"
        in read(get(f"/plans/{EUROPE}/")).one(id="p-6").text
    )


def test_incomplete_text_says_what_is_missing(site, get):
    gaps = Record().latest[EUROPE].edition.gaps.replace("'", "’")
    text = read(get(f"/plans/{EUROPE}/")).text
    assert gaps
    assert text.partition("What is missing")[2].strip().startswith(gaps)
    assert "What is missing" not in read(get(f"/plans/{US}/")).text


def test_it_can_be_compared_with_every_other_plan(site, get):
    record = Record()
    links = read(get(f"/plans/{US}/")).links
    for slug in record.latest.keys() - {US}:
        pair = sorted(
            (record.latest[US], record.latest[slug]), key=lambda e: (e.edition.date, e.key)
        )
        assert f"/compare/{'...'.join(e.plan.slug for e in pair)}/" in links


def test_it_can_be_compared_with_its_own_other_editions(site, get):
    page = read(get(f"/plans/{FRAMEWORK}/"))
    assert f"/compare/{FRAMEWORK}@2025-11-24...{FRAMEWORK}@2025-12-24/" in page.links
    assert f"/plans/{FRAMEWORK}/2025-11-24/" in page.links


def test_what_it_leaves_open_drops_or_could_not_be_read_is_listed(site, get):
    record = Record()
    for slug, found in record.latest.items():
        text = read(get(f"/plans/{slug}/")).text.replace("'", "’")
        for position in found.edition.positions:
            stance = position.stance.replace("'", "’")
            assert stance in text, (slug, position)


def test_reactions_to_it_stand_with_their_date(site, get):
    said = [r for r in Record().reactions if r.plan == US]
    text = read(get(f"/plans/{US}/")).text.replace("'", "’")
    assert said
    for reaction in said:
        assert reaction.text.replace("'", "’") in text


@pytest.mark.parametrize("path", [f"/plans/{US}/", f"/plans/{US}/2025-11-20/"])
def test_plan_and_its_only_edition_read_alike(site, get, path):
    read(get(path)).one(id="p-28")
