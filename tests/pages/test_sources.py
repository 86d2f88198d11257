from plans.record import Record
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/sources/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "Sources"


def test_every_source_of_every_edition_stands_there(site, get):
    page = read(get("/sources/"))
    for found in Record().editions:
        section = page.one(id=found.key)
        for source in found.edition.sources:
            assert source.publisher in section.text
            if source.url:
                assert source.url in section.links
