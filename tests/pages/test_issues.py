from plans.record import Record
from tests.pages.html import read


def test_it_works(site, get):
    response = get("/issues/")
    assert response.status_code == 200
    assert read(response).one("h1").text == "The issues"


def test_issues_stand_by_group_in_the_order_of_the_catalogue(site, get):
    catalogue, page = Record().catalogue, read(get("/issues/"))
    shown = [
        (
            section.one("h2").text.rpartition(" issue")[0].rpartition(" ")[0],
            [h3.one("a").attrs["href"] for h3 in section.all("h3")],
        )
        for section in page.one("main").all("section")
    ]
    assert shown == [
        (group.title, [f"/issues/{issue.slug}/" for issue in group.issues])
        for group in catalogue.groups
    ]


def test_each_issue_has_its_question_and_the_editors_answer(site, get):
    text = read(get("/issues/")).text
    for issue in Record().catalogue.issues:
        assert issue.question.replace("'", "’") in text
        assert (issue.answer or "").replace("'", "’") in text
