"""No template names what is not there: Django would say nothing and leave a hole."""

import copy

import pytest

from tests.factories import catalogue_file, edition, load_files, plan_file
from tests.pages.addresses import pages

MARKER = "¡%s is undefined!"
NAMES = list(pages(""))


@pytest.fixture
def marked(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MARKER
    settings.TEMPLATES = templates


def undefined(response) -> set[str]:
    text = response.content.decode()
    return {part.partition(" is undefined!")[0] for part in text.split("¡")[1:]}


def test_the_marker_works(marked, rf):
    from django.template import engines

    assert engines["django"].from_string("{{ no.such }}").render({}) == "¡no.such is undefined!"


@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_what_is_not_there(site, get, marked, lead_token, name):
    assert undefined(get(pages(lead_token)[name])) == set()


def test_no_error_page_does(site, get, marked):
    for address in ("/no-such-page/", "/plans/zzz/", "/compare/x/", "/?%00"):
        assert undefined(get(address)) == set()


def test_no_page_of_an_empty_site_does(db, get, marked):
    for name in ("plans", "issues", "choose", "sources", "about", "method"):
        assert undefined(get(pages("")[name].partition("?")[0])) == set()


def test_no_notice_does(db, get, marked, tmp_path):
    """Withdrawn, corrected, without a position: what the bundled plans do not have."""
    from plans.models import Edition
    from plans.publishing import publish_edition

    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a"),
        b=plan_file("plan-b", edition("2025-11-24")),
    )
    token = get("/compare/plan-a...plan-b.json").json()["token"]
    found = Edition.objects.get(plan__slug="plan-a")
    found.provisions.filter(number="2").update(text="Other words.")
    publish_edition(found, type="correction", reason="A slip.")
    publish_edition(found, type="withdrawal", reason="A hoax.")
    for address in ("/", "/plans/", "/plans/plan-a/", "/issues/armed-forces/", f"/c/{token}/",
                    f"/c/{token}/armed-forces/", "/compare/plan-a...plan-b/"):  # fmt: skip
        assert undefined(get(address)) == set()
