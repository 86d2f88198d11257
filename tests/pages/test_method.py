from plans import labels
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/about/method/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "How we work"


def test_it_explains_every_word_for_certainty_status_and_nothing(site, get):
    text = read(get("/about/method/")).text.lower()
    for words in (labels.CONFIDENCE, labels.EDITION_STATUS, labels.ABSENCE):
        for word in words.values():
            assert str(word) in text
    for kind in ("left-open", "dropped", "unread"):
        assert str(labels.POSITION_KIND[kind]) in text
