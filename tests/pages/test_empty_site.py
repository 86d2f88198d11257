"""Before anything is published every page stands, and says so."""

import pytest

from tests.pages.html import read


@pytest.mark.parametrize(
    "path", ["/", "/plans/", "/issues/", "/compare/", "/sources/", "/about/", "/about/method/"]
)
def test_it_works(db, get, path):
    response = get(path)
    assert response.status_code == 200
    assert read(response).one("h1").text


def test_home_says_that_nothing_is_published_yet(db, get):
    response = get("/")
    assert response.status_code == 200
    page = read(response)
    assert "Nothing is published yet" in page.text
    assert page.all("table") == []


def test_plans_say_so_too(db, get):
    assert "No plan is published yet" in read(get("/plans/")).text
