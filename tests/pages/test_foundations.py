"""What holds for every public page: no cookie, a strict policy, one validator, whole markup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_script_prefix

from plans import published
from plans.models import Publication
from plans.publishing import append
from tests.pages.addresses import PAIR, pages
from tests.pages.html import read

ROOT = Path(__file__).parents[2]
NAMES = list(pages(""))


@pytest.fixture(params=NAMES)
def path(request, lead_token) -> str:
    """The address of each kind of page in turn."""
    return pages(lead_token)[request.param]


def test_it_works(site, get, path):
    response = get(path)
    assert response.status_code == 200
    page = read(response)
    assert page.one("html").attrs["lang"] == "en"
    assert len(page.all("h1")) == 1
    assert page.one("title").text.endswith(" · Point by Point")
    assert page.one("link", rel="canonical").attrs["href"].startswith("http://testserver/")


def test_titles_tell_pages_apart(site, get, lead_token):
    titles = {}
    for name in ("home", "plans", "plan", "earlier edition", "issues", "issue", "choose",
                 "comparison", "comparison issue", "sources", "about", "method"):  # fmt: skip
        titles.setdefault(read(get(pages(lead_token)[name])).one("title").text, []).append(name)
    assert [names for names in titles.values() if len(names) > 1] == []


# --- no cookie, nothing from elsewhere, nothing inline --------------------------------------------


def test_no_cookie_is_set_and_nothing_varies_on_one(site, get, path):
    for response in (get(path), get(path.partition("?")[0] + "no-such-page/")):
        assert "Set-Cookie" not in response.headers
        assert not response.cookies
        vary = {word.strip().lower() for word in response.headers.get("Vary", "").split(",")}
        assert vary <= {"", "accept-encoding"}


def test_an_editor_reads_the_same_page(site, get, path):
    """Caches hold public pages: being logged in must change nothing of them."""
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor"))
    response = editor.get(path)
    assert response.content == get(path).content
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Set-Cookie" not in response.headers


def test_policy_is_strict(site, get, path):
    directives = get(path).headers["Content-Security-Policy"].split("; ")
    policy = {directive.split()[0]: directive.split()[1:] for directive in directives}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    sources = {source for listed in policy.values() for source in listed}
    assert sources == {"'none'", "'self'", "data:"}
    assert policy["img-src"] == ["'self'", "data:"]


def test_other_headers_are_strict(site, get, path):
    headers = get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(site, get, path):
    page = read(get(path))
    assert page.all("style", "iframe", "object", "embed", "base") == []
    for element in page.all():
        assert "style" not in element.attrs, element
        assert [name for name in element.attrs if name.startswith("on")] == [], element
        assert not element.attrs.get("href", "").lower().startswith("javascript:"), element
        if element.tag == "script":
            assert element.children == []
        if element.tag in ("script", "img", "source", "use"):
            source = element.attrs.get("src") or element.attrs.get("href", "")
            assert source.startswith(("/static/", "#")), element
        if element.tag == "link" and element.attrs["rel"] in ("stylesheet", "icon", "preload"):
            assert element.attrs["href"].startswith("/static/"), element


def test_error_pages_are_as_strict(site, get):
    for address in ("/no-such-page/", "/plans/zzz/", "/compare/x/", "/?%00"):
        response = get(address)
        assert "'none'" in response.headers["Content-Security-Policy"]
        page = read(response)
        assert page.all("style") == []
        assert [e for e in page.all() if "style" in e.attrs] == []
        assert all(script.children == [] for script in page.all("script"))


# --- markup ---------------------------------------------------------------------------------------


def test_names_on_a_page_are_unique_and_references_lead_somewhere(site, get, path):
    page = read(get(path))
    ids = [e.attrs["id"] for e in page.all() if "id" in e.attrs]
    assert sorted(set(ids)) == sorted(ids)
    for element in page.all():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in element.attrs.get(name, "").split():
                assert target in ids, element
        for name in ("href", "hx-target", "hx-select"):
            target = element.attrs.get(name, "")
            if target.startswith("#"):
                assert target[1:] in ids, element


def test_paragraphs_hold_no_blocks(site, get, path):
    """A browser would close the paragraph before them, and the page would fall apart."""
    blocks = "p div ul ol dl section details table h1 h2 h3 nav form".split()
    for paragraph in read(get(path)).all("p", "h1", "h2", "h3", "summary"):
        assert paragraph.all(*blocks) == [] or paragraph.tag == "summary", paragraph.text


# --- caches ---------------------------------------------------------------------------------------


def test_a_page_that_has_not_changed_is_not_sent_again(site, get, path):
    first = get(path)
    etag = first.headers["ETag"]
    again = get(path, headers={"if-none-match": f'"other", {etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_deciding_that_nothing_changed_takes_one_query(site, get, django_assert_num_queries):
    etag = get(f"{PAIR}/").headers["ETag"]
    published._serial = (-published.SERIAL_SECONDS, 0)
    with django_assert_num_queries(1):
        assert get(f"{PAIR}/", headers={"if-none-match": etag}).status_code == 304


def test_publishing_changes_every_validator(site, get, path):
    etag = get(path).headers["ETag"]
    append("reactions", {"reactions": []}, type="correction", reason="None was meant.")
    published._serial = (-published.SERIAL_SECONDS, 0)
    response = get(path, headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response.headers["ETag"] != etag


def test_validators_differ_by_address_and_by_query(site, get):
    etags = [get(path).headers["ETag"] for path in ("/plans/", "/issues/", "/plans/?a=1")]
    assert len(set(etags)) == 3
    one, other = get("/plans/?a=1&b=2"), get("/plans/?b=2&a=1")
    assert one.headers["ETag"] == other.headers["ETag"]


def test_caches_ask_before_they_use_a_page(site, get, path):
    assert get(path).headers["Cache-Control"] == "public, no-cache"


def test_no_error_is_kept(site, get):
    for address in ("/no-such-page/", "/compare/x/"):
        headers = get(address).headers
        assert "ETag" not in headers
        assert "public" not in headers.get("Cache-Control", "")


# --- languages ------------------------------------------------------------------------------------


@pytest.fixture
def ukrainian(settings):
    settings.LANGUAGES = [("en", "English"), ("uk", "Ukrainian")]


def test_language_is_in_the_path(site, get, ukrainian):
    response = get("/uk/plans/")
    assert response.status_code == 200
    page = read(response)
    assert page.one("html").attrs["lang"] == "uk"
    internal = [h for h in page.links if h.startswith("/")]
    assert len(internal) > 20
    assert [h for h in internal if not h.startswith("/uk/")] == []
    assert page.one("link", rel="canonical").attrs["href"] == "http://testserver/uk/plans/"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_keeps_to_its_language(site, get, ukrainian, lead_token, name):
    page = read(get("/uk" + pages(lead_token)[name]))
    assert page.one("html").attrs["lang"] == "uk"
    hrefs = [a.attrs["href"] for a in page.all("a")]
    assert [h for h in hrefs if h.startswith("/") and not h.startswith("/uk/")] == []


def test_redirects_and_errors_keep_to_their_language(site, get, ukrainian):
    assert get("/uk/plans").headers["Location"] == "/uk/plans/"
    response = get("/uk/compare/?plan=us-28-point-draft&plan=european-counterproposal")
    assert response.headers["Location"] == f"/uk{PAIR}/"
    page = read(get("/uk/plans/us-28/"))
    assert page.one("html").attrs["lang"] == "uk"
    assert "/uk/plans/us-28-point-draft/" in page.one("main").links


def test_the_next_reader_gets_english_again(site, get, ukrainian):
    get("/uk/plans/")
    assert get_script_prefix() == "/"
    page = read(get("/plans/"))
    assert page.one("html").attrs["lang"] == "en"
    assert [h for h in page.links if h.startswith("/uk/")] == []


def test_neither_cookie_nor_header_chooses_the_language(site, ukrainian):
    reader = Client(headers={"accept-language": "uk"})
    reader.cookies["django_language"] = "uk"
    response = reader.get("/plans/")
    assert read(response).one("html").attrs["lang"] == "en"


@pytest.mark.parametrize("address", ["/uk/", "/uk/plans/", "/de/plans/", "/en/plans/"])
def test_a_language_that_is_not_offered_is_a_404(site, get, address):
    assert get(address).status_code == 404


# --- reading writes nothing -----------------------------------------------------------------------


def test_no_page_publishes_anything(site, get, lead_token):
    before = list(Publication.objects.values_list("serial", "document_id"))
    for address in pages(lead_token).values():
        get(address)
    assert list(Publication.objects.values_list("serial", "document_id")) == before


# --- production -----------------------------------------------------------------------------------


def check(**environment: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if k not in ("SECRET_KEY", "DEBUG")}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "too short"}, "50 characters"),
        ({"SECRET_KEY": "k" * 60, "DEBUG": "True"}, "DEBUG=False"),
        ({"SECRET_KEY": "k" * 60, "DEBUG": "yes"}, "write True or False"),
        ({"SECRET_KEY": "k" * 60, "DATABASE_URL": "mysql://x/y"}, "postgres://"),
    ],
    ids=["development key", "short key", "debugging", "unclear switch", "other database"],
)
def test_production_refuses_to_start_unsafely(environment, said):
    done = check(ALLOWED_HOSTS="example.org", **environment)
    assert done.returncode != 0
    assert said in done.stderr
    assert "ImproperlyConfigured" in done.stderr


def test_production_starts_with_a_key_of_its_own():
    done = check(ALLOWED_HOSTS="example.org", SECRET_KEY="k" * 60, DATABASE_URL="")
    assert (done.returncode, done.stderr) == (0, "")
