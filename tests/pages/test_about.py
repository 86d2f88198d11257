from tests.pages.html import read


def test_it_works(site, get, settings):
    settings.PUBLISHER_NAME = "Anna Example, Kyiv"
    settings.REPORT_ERROR_TO = "errors@example.org"
    response = get("/about/")
    assert response.status_code == 200
    page = read(response)
    assert "Anna Example, Kyiv" in page.text
    assert page.links["mailto:errors@example.org"] == "errors@example.org"


def test_it_says_that_nobody_was_named(site, get, settings):
    settings.PUBLISHER_NAME = settings.REPORT_ERROR_TO = ""
    text = read(get("/about/")).text
    assert "has not been told who publishes it" in text
    assert "No address is set" in text


def test_it_names_both_licences(site, get):
    page = read(get("/about/")).one("main")
    assert page.links["https://creativecommons.org/licenses/by/4.0/"] == "CC BY 4.0"
    assert "BSD 3-Clause" in page.text
