"""A permanent link shows what was cited, for ever, and says what was corrected since."""

import pytest

from comparisons.deriving import token_of
from plans import published
from plans.models import Edition, Publication
from plans.publishing import publish_edition
from tests.factories import catalogue_file, edition, figure, load_files, plan_file, provision
from tests.pages.html import read

PAIR = "plan-a...plan-b"
KEY = "comparison/plan-a@2025-11-20...plan-b@2025-11-24"
REASON = "The number was misread: <b>60</b> & not 600."


def texts(number: str) -> list:
    cap = f"The armed forces of Ukraine are capped at {number} personnel."
    return [
        provision("1"),
        provision("2", cap, figures=[figure(number.replace(",", ""))]),
        provision("3", issues=["donbas"]),
    ]


@pytest.fixture
def two_plans(db, tmp_path):
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a", edition(provisions=texts("600,000"))),
        b=plan_file("plan-b", edition("2025-11-24", provisions=texts("800,000"))),
    )


def current_token() -> str:
    return token_of(Publication.objects.filter(key=KEY).current().get().document_id)


@pytest.fixture
def token(two_plans) -> str:
    return current_token()


def correct(text: str, plan: str = "plan-a", **about) -> None:
    found = Edition.objects.get(plan__slug=plan)
    found.provisions.filter(number="2").update(text=text)
    publish_edition(found, **{"type": "correction", "reason": REASON, **about})


CORRECTED = "The armed forces of Ukraine are capped at 60,000 personnel."


def test_it_works(token, get):
    response = get(f"/c/{token}/")
    assert response.status_code == 200
    page = read(response)
    assert "The plan-a draft compared with The plan-b draft" in page.one("h1").text
    assert "since this was cited" not in page.text


def test_after_a_correction_the_same_bytes_come_back(token, get):
    paths = [f"/c/{token}{end}.json" for end in ("", "/armed-forces", "/reversed",
                                                 "/reversed/armed-forces")]  # fmt: skip
    before = [get(path).content for path in paths]
    correct(CORRECTED)
    published._documents.clear()
    assert [get(path).content for path in paths] == before


def test_after_a_correction_the_page_shows_what_was_cited_with_a_notice(token, get):
    before = read(get(f"/c/{token}/")).one(id="comparison").text
    correct(CORRECTED)
    page = read(get(f"/c/{token}/"))
    assert page.one(id="comparison").text == before
    notice = page.one(id="corrected")
    day = Publication.objects.latest("serial").at
    assert "Corrected once since this was cited" in notice.text
    assert f"{day.day} {day:%B %Y}, correction: {REASON}" in notice.text
    assert notice.links["/compare/plan-a@2025-11-20...plan-b@2025-11-24/armed-forces/"]
    assert not any("donbas" in href for href in notice.links)  # its points read as before


def test_notice_stands_on_every_page_of_the_link(token, get):
    correct(CORRECTED)
    for end in ("", "armed-forces/", "donbas/", "reversed/", "reversed/armed-forces/"):
        assert REASON in read(get(f"/c/{token}/{end}")).one(id="corrected").text


def test_live_page_shows_the_new_text_and_another_link(token, get):
    correct(CORRECTED)
    page = read(get(f"/compare/{PAIR}/armed-forces/?diff=none"))
    assert CORRECTED in page.text
    assert page.all(id="corrected") == []
    assert current_token() != token
    assert f"/c/{current_token()}/armed-forces/" in page.links
    assert get(f"/compare/{PAIR}.json").json()["token"] == current_token()
    new = read(get(f"/c/{current_token()}/"))
    assert new.all(id="corrected") == []
    assert CORRECTED in read(get(f"/c/{current_token()}/?diff=none")).text


def test_corrections_are_counted_and_told_in_order(token, get):
    correct(CORRECTED)
    correct(CORRECTED.replace("60,000", "70,000"), type="clarification", reason="Second thoughts.")
    text = read(get(f"/c/{token}/")).one(id="corrected").text
    assert "Corrected 2 times since this was cited" in text
    assert text.index(REASON) < text.index("clarification: Second thoughts.")


def test_correction_that_comes_back_to_what_was_cited_leaves_no_notice(token, get):
    old = Edition.objects.get(plan__slug="plan-a").provisions.get(number="2").text
    correct(CORRECTED)
    correct(old)
    assert current_token() == token
    assert read(get(f"/c/{token}/")).all(id="corrected") == []


def test_correction_of_the_other_text_is_told_too(token, get):
    correct(CORRECTED, plan="plan-b", reason="In B.")
    assert "In B." in read(get(f"/c/{token}/")).one(id="corrected").text


def test_correction_elsewhere_is_not_told(token, get, tmp_path):
    load_files(tmp_path, c=plan_file("plan-c", edition("2025-12-01")))
    correct(CORRECTED, plan="plan-c")
    page = read(get(f"/c/{token}/"))
    assert page.all(id="corrected") == []


def test_issue_page_shows_what_was_cited(token, get):
    correct(CORRECTED)
    response = get(f"/c/{token}/armed-forces/")
    assert response.status_code == 200
    page = read(response)
    assert "600,000 → 800,000 personnel, +33 %" in page.text
    assert CORRECTED not in page.one("section", class_="row").text
    assert f"/c/{token}/armed-forces.json" in page.links


def test_reversed_is_the_mirror(token, get):
    page = read(get(f"/c/{token}/reversed/armed-forces/"))
    assert "800,000 → 600,000 personnel, −25 %" in page.text
    assert (
        "The plan-b draft compared with The plan-a draft"
        in read(get(f"/c/{token}/reversed/")).one("h1").text
    )
    assert f"/c/{token}/" in read(get(f"/c/{token}/reversed/")).links
    assert f"/c/{token}/reversed/" in read(get(f"/c/{token}/")).links


def test_links_of_a_permanent_page_stay_with_it(token, get):
    """Switching a view, or going to an issue, never leaves what was cited."""
    page = read(get(f"/c/{token}/"))
    assert f"/c/{token}/?view=points" in page.links
    assert f"/c/{token}/armed-forces/" in page.links
    turned = read(get(f"/c/{token}/reversed/"))
    assert f"/c/{token}/reversed/?view=points" in turned.links
    assert f"/c/{token}/reversed/armed-forces/" in turned.links


@pytest.mark.parametrize("end", ["/", ".json", "/armed-forces/", "/reversed/", "/reversed.json"])
def test_unknown_token_is_a_404(two_plans, get, end):
    assert get(f"/c/{'a' * 20}{end}").status_code == 404


def test_other_documents_have_no_permanent_link(two_plans, get):
    """An edition or an alignment is no comparison, whatever its digest."""
    others = Publication.objects.exclude(key__startswith="comparison/")
    assert others.count() > 3
    for publication in others:
        assert get(f"/c/{token_of(publication.document_id)}/").status_code == 404
        assert get(f"/c/{token_of(publication.document_id)}.json").status_code == 404


# --- withdrawal ---------------------------------------------------------------------------------


@pytest.fixture
def withdrawn(token) -> str:
    publish_edition(
        Edition.objects.get(plan__slug="plan-a"), type="withdrawal", reason="It was a <hoax>."
    )
    return token


def test_withdrawn_text_says_when_and_why_and_stays_readable(withdrawn, get):
    at = Publication.objects.latest("serial").at
    when = f"withdrawn on {at.day} {at:%B %Y}, because: it was a <hoax>.".lower()
    page = read(get("/plans/plan-a/"))
    assert when in page.text.lower()
    assert page.one(id="p-2").text
    for path in (f"/compare/{PAIR}/", f"/compare/{PAIR}/donbas/", f"/c/{withdrawn}/"):
        assert when in read(get(path)).text.lower()
    assert "withdrawn" in read(get("/plans/")).text
    assert "withdrawn" not in read(get("/plans/plan-b/")).one("h1").text


def test_withdrawn_text_can_be_published_again(withdrawn, get):
    """Going back to an earlier text is a new publication of an old document."""
    made = publish_edition(
        Edition.objects.get(plan__slug="plan-a"), type="correction", reason="It was none."
    )
    assert made is not None
    assert "withdrawn" not in read(get("/plans/plan-a/")).text.lower()
