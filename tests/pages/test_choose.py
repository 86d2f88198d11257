import pytest

from plans.record import Record
from tests.pages.addresses import EUROPE, FRAMEWORK, PAIR, US
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/compare/")
    assert response.status_code == 200
    page = read(response)
    assert page.one("h1").text == "Compare two plans"
    for select in page.all("select", name="plan"):
        options = {option.attrs["value"] for option in select.all("option")}
        assert options == {""} | Record().latest.keys() | {f"{FRAMEWORK}@2025-11-24"}
    assert len(page.all("select", name="plan")) == 2


def test_two_plans_lead_to_their_comparison(site, get):
    response = get(f"/compare/?plan={US}&plan={EUROPE}")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{PAIR}/"


def test_two_editions_of_a_plan_lead_to_their_comparison(site, get):
    response = get(f"/compare/?plan={FRAMEWORK}@2025-11-24&plan={FRAMEWORK}", follow=True)
    assert response.status_code == 200
    assert read(response).one("h1").text.count("US-Ukraine 20-point framework") == 2


def test_first_choice_stays_chosen(site, get):
    first, second = read(get(f"/compare/?plan={US}")).all("select", name="plan")
    assert [o.attrs["value"] for o in first.all("option") if "selected" in o.attrs] == [US]
    assert [o for o in second.all("option") if "selected" in o.attrs] == []


def test_same_plan_twice_is_told(site, get):
    response = get(f"/compare/?plan={US}&plan={US}")
    assert response.status_code == 200
    assert "Both choices are the same text" in read(response).one(role="alert").text


def test_same_edition_under_two_names_is_told(site, get):
    response = get(f"/compare/?plan={US}&plan={US}@2025-11-20")
    assert response.status_code == 400
    assert "same text" in read(response).one("h1").text


@pytest.mark.parametrize("second", ["no-such-plan", "us-28-point-draft@1999-01-01"])
def test_unknown_choice_offers_the_nearest(site, get, second):
    response = get(f"/compare/?plan={EUROPE}&plan={second}")
    assert response.status_code == 404
    assert read(response).one("main").all("ul")


def test_it_offers_texts_written_as_a_revision_of_one_another(site, get):
    assert f"{PAIR}/" in read(get("/compare/")).links


def test_it_is_a_form_without_javascript(site, get):
    form = read(get("/compare/")).one("form")
    assert form.attrs["method"] == "get"
    assert form.attrs["action"] == "/compare/"
