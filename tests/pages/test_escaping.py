"""What a person wrote is text: nothing that was typed becomes markup."""

import pytest

from tests.factories import (
    catalogue_file,
    edition,
    load_files,
    plan_file,
    provision,
    reaction,
    reactions_file,
)
from tests.pages.html import read

NASTY = '<script>alert(1)</script><img src=x onerror=x> & "<b>Ukraine\'s</b>" {{ 7 }} </li>'
SHOWN = NASTY.replace("'", "’")


@pytest.fixture
def nasty_site(db, tmp_path):
    stance = {"issue": "armed-forces", "kind": "stated", "stance": "<i>x</i>", "provisions": ["1"]}
    first = edition(
        provisions=[
            provision("1", NASTY, note=NASTY, variants=[{"text": NASTY, "sources": ["first"]}])
        ],
        label=NASTY,
        provenance=NASTY,
        complete=False,
        gaps=NASTY,
        positions=[stance],
        sources=[
            {"id": "first", "publisher": NASTY, "title": NASTY, "kind": "report"},
            {"id": "second", "publisher": "Second Paper", "kind": "report"},
        ],
    )
    second = edition("2025-11-24", provisions=[provision("1", NASTY + " <u>other</u>")])
    load_files(
        tmp_path,
        catalogue=catalogue_file(
            lead={"left": "plan-a", "right": "plan-b", "title": NASTY, "summary": NASTY}
        ),
        a=plan_file("plan-a", first, title=NASTY, summary=NASTY, short_title="<u>short</u>"),
        b=plan_file("plan-b", second),
        reactions=reactions_file(reaction(text=NASTY, speaker=NASTY)),
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/plans/",
        "/plans/plan-a/",
        "/issues/armed-forces/",
        "/sources/",
        "/compare/plan-a...plan-b/",
        "/compare/plan-a...plan-b/?view=points&diff=inline",
        "/compare/plan-a...plan-b/armed-forces/",
    ],
)
def test_nothing_typed_becomes_markup(nasty_site, get, path):
    page = read(get(path))
    assert page.all("img", "i", "u") == []
    assert all(script.children == [] for script in page.all("script"))
    assert "<script>alert(1)</script>" in page.text


def test_it_is_shown_as_it_was_typed(nasty_site, get):
    assert SHOWN in read(get("/plans/plan-a/")).one(id="p-1").text
    assert SHOWN in read(get("/compare/plan-a...plan-b/?diff=none")).text


def test_an_address_is_shown_as_text(nasty_site, get):
    page = read(get("/plans/<script>alert(1)<script>/"))
    assert "<script>alert(1)<script>" in page.one("h1").text
