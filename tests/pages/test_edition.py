from tests.pages.addresses import FRAMEWORK
from tests.pages.html import read


def test_it_works(site, get):
    response = get(f"/plans/{FRAMEWORK}/2025-11-24/")
    assert response.status_code == 200
    page = read(response)
    assert page.one("h1").text == "US-Ukraine 20-point framework"
    assert "24 November 2025" in page.text
    assert "The Armed Forces of Ukraine are not capped." in page.one(id="p-r1").text


def test_latest_edition_is_the_plan_page_and_the_earlier_one_is_not(site, get):
    latest, earlier = get(f"/plans/{FRAMEWORK}/"), get(f"/plans/{FRAMEWORK}/2025-11-24/")
    assert read(latest).all(id="p-r1") == []
    assert read(earlier).all(id="p-20") == []
    assert "24 December 2025" in read(latest).text


def test_it_leads_to_the_other_editions_and_to_what_it_revises(site, get):
    links = read(get(f"/plans/{FRAMEWORK}/2025-11-24/")).links
    assert f"/plans/{FRAMEWORK}/2025-12-24/" in links
    assert "/plans/us-28-point-draft/2025-11-20/" in links


def test_no_limit_is_not_a_number(site, get):
    point = read(get(f"/plans/{FRAMEWORK}/2025-11-24/")).one(id="p-r1")
    assert "no limit" in point.text


def test_comparisons_with_it_pin_the_edition(site, get):
    links = read(get(f"/plans/{FRAMEWORK}/2025-11-24/")).links
    assert f"/compare/us-28-point-draft...{FRAMEWORK}@2025-11-24/" in links
