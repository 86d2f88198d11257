import pytest

from comparisons.finding import by_pair
from plans.record import Record
from tests.pages.addresses import EUROPE, FRAMEWORK, PAIR, US
from tests.pages.html import read


def marks(page, tag: str) -> list[str]:
    """What the marked words say, without the hidden words about them and without the legend."""
    found = [e for e in page.all(tag) if e.text != "like this"]
    return [
        e.text.removeprefix(e.all("span")[0].text).removesuffix("]").strip()
        if e.all("span")
        else e.text
        for e in found
    ]


@pytest.fixture
def body(site):
    record = Record()
    return by_pair(record.latest[US], record.latest[EUROPE]).body


def test_it_works(site, get):
    response = get(f"{PAIR}/")
    assert response.status_code == 200
    page = read(response)
    assert "US 28-point draft compared with" in page.one("h1").text
    assert "European (E3) counterproposal" in page.one("h1").text


def test_it_marks_the_words_that_differ(site, get):
    page = read(get(f"{PAIR}/"))
    assert "600,000" in marks(page, "del")
    assert {"800,000", "in peacetime"} <= set(marks(page, "ins"))


def test_marks_are_told_to_those_who_do_not_see_them(site, get):
    for query, words in (("", ("only in A", "only in B")), ("?diff=inline", ("removed", "added"))):
        page = read(get(f"{PAIR}/{query}"))
        assert {e.text.split(":")[0] for e in page.all("del") if "600,000" in e.text} == {
            f"[{words[0]}"
        }
        assert {e.text.split(":")[0] for e in page.all("ins") if "800,000" in e.text} == {
            f"[{words[1]}"
        }


def test_every_row_stands_once_and_whole(get, body):
    for query in ("", "?view=points", "?diff=inline", "?diff=none", "?view=points&diff=none"):
        page = read(get(f"{PAIR}/{query}"))
        for row in body["points"]:
            shown = page.one(id=f"r-{row['id']}").text
            assert all(number in shown for number in row["left"] + row["right"])


def test_texts_are_shown_to_the_last_word(get, body):
    page = read(get(f"{PAIR}/?diff=none"))
    for row in body["points"]:
        shown = page.one(id=f"r-{row['id']}").text.replace("'", "’")
        for text in (row["left_text"] + "\n" + row["right_text"]).split("\n"):
            assert text.replace("'", "’") in shown


def test_editors_sentence_leads_and_its_absence_is_said(get, body):
    page = read(get(f"{PAIR}/"))
    text = page.text.replace("'", "’")
    told = [row["change"] for row in body["points"] if row["change"] and row["relation"] != "same"]
    assert len(told) > 10
    shown_under_an_issue = [s for s in told if s.replace("'", "’") in text]
    assert len(shown_under_an_issue) > 10
    unreviewed = read(get(f"/compare/{US}...{FRAMEWORK}@2025-11-24/")).text
    assert "No editor has put this difference into a sentence yet" in unreviewed


def test_each_row_says_whether_its_alignment_was_reviewed(site, get):
    assert "Aligned by editors" in read(get(f"{PAIR}/")).text
    text = read(get(f"/compare/china-position-2023...{US}/")).text
    assert "Suggested by our program, not reviewed" in text
    assert "Aligned by editors" not in text


def test_it_offers_its_permanent_link(site, get, lead_token):
    links = read(get(f"{PAIR}/")).links
    assert f"/c/{lead_token}/" in links
    assert f"/c/{lead_token}/armed-forces/" in links
    assert f"/c/{lead_token}/#r-6~6" in links


def test_incomplete_text_says_what_is_missing(site, get):
    text = read(get(f"{PAIR}/")).text
    assert "we do not hold the complete text" in text
    assert "We could not check every line." in text


# --- states -------------------------------------------------------------------------------------


def test_by_point_shows_both_texts_in_their_own_order(get, body):
    page = read(get(f"{PAIR}/?view=points"))
    shown = [e.attrs["id"] for e in page.all("details") if e.attrs.get("id", "").startswith("r-")]
    assert shown == [f"r-{row['id']}" for row in body["points"]]


def test_changes_hide_what_is_the_same(get, body):
    page = read(get(f"{PAIR}/?show=changes"))
    shown = {e.attrs["id"] for e in page.all("details") if e.attrs.get("id", "").startswith("r-")}
    assert shown == {f"r-{row['id']}" for row in body["points"] if row["relation"] != "same"}
    assert body["counts"]["same"] > 0
    assert f"Hidden: {body['counts']['same']} pairings" in page.text
    assert f"{PAIR}/" in page.links


def test_inline_shows_both_texts_in_one(site, get):
    row = read(get(f"{PAIR}/?diff=inline")).one(id="r-6~6")
    (paragraph,) = [p for p in row.all("p") if p.all("del")]
    assert len(paragraph.all("del")) == 1
    assert len(paragraph.all("ins")) == 2


def test_none_shows_no_marks(site, get):
    page = read(get(f"{PAIR}/?diff=none"))
    assert marks(page, "del") == marks(page, "ins") == []


def test_every_state_is_in_the_address(site, get):
    links = read(get(f"{PAIR}/?view=points&diff=inline")).links
    assert f"{PAIR}/?diff=inline" in links
    assert f"{PAIR}/?view=points" in links
    assert f"{PAIR}/?view=points&show=changes&diff=inline" in links


@pytest.mark.parametrize(
    "query", ["?colour=blue", "?view=nonsense", "?diff=", "?utm_source=x&show=none", "?view=issues"]
)
def test_what_is_unknown_is_ignored(site, get, query):
    def shown(path):
        return read(get(path)).one("main").text

    assert shown(f"{PAIR}/{query}") == shown(f"{PAIR}/")


# --- order --------------------------------------------------------------------------------------


def test_reversed_order_is_the_mirror(site, get):
    page = read(get(f"/compare/{EUROPE}...{US}/"))
    assert page.one("h1").text.startswith("European (E3) counterproposal compared with")
    assert "800,000" in marks(page, "del")
    assert "600,000" in marks(page, "ins")


def test_reversed_order_leads_back_and_to_its_own_permanent_link(site, get, lead_token):
    links = read(get(f"/compare/{EUROPE}...{US}/")).links
    assert f"{PAIR}/" in links
    assert f"/c/{lead_token}/reversed/" in links


def test_editions_of_one_plan_compare(site, get):
    response = get(f"/compare/{FRAMEWORK}@2025-11-24...{FRAMEWORK}/")
    assert response.status_code == 200
    text = read(response).text
    assert "24 Nov 2025" in text
    assert "24 Dec 2025" in text


def test_pinned_edition_says_so_and_offers_the_permanent_link(site, get, lead_token):
    """`@edition` pins the edition, not the document: corrections still show."""
    pinned = read(get(f"/compare/{US}@2025-11-20...{EUROPE}@2025-11-23/"))
    assert f"/c/{lead_token}/" in pinned.links
    assert pinned.one("main").text != read(get(f"{PAIR}/")).one("main").text


def test_every_pair_of_the_bundled_editions_compares(site, get):
    editions = Record().editions
    pairs = [(a, b) for i, a in enumerate(editions) for b in editions[i + 1 :]]
    assert len(pairs) == 55
    for a, b in pairs:
        response = get(f"/compare/{a.key}...{b.key}/")
        assert response.status_code == 200
        page = read(response)
        for side in (a, b):
            assert side.plan.title.replace("'", "’") in page.one("h1").text
