"""Whatever the address, the answer is clear: 4xx with what is wrong and what lies nearest."""

from urllib.parse import quote

import pytest
from django.urls import URLPattern, get_resolver, resolve

from tests.pages.addresses import EUROPE, FRAMEWORK, PAIR, US
from tests.pages.html import read

TOKEN = "a2b3c4d5e6f7a2b3c4d5"  # noqa: S105 (well formed, never published)

# Every address that takes a part from the reader, with the place of that part. The names of
# addresses that a good part leads to are checked below against the URL configuration.
SHAPES = {
    "/plans/{}/": "plan",
    f"/plans/{US}/{{}}/": "edition",
    "/plans/{}/2025-11-20/": "edition",
    "/issues/{}/": "issue",
    "/compare/{}/": "comparison",
    f"/compare/{{}}...{EUROPE}/": "comparison",
    f"/compare/{US}@{{}}...{EUROPE}/": "comparison",
    "/compare/{}.json": "comparison-json",
    f"{PAIR}/{{}}/": "comparison-issue",
    f"/compare/{{}}...{EUROPE}/donbas/": "comparison-issue",
    f"{PAIR}/{{}}.json": "issue-json",
    "/c/{}/": "permanent",
    "/c/{}.json": "permanent-json",
    f"/c/{TOKEN}/{{}}/": "permanent-issue",
    f"/c/{TOKEN}/{{}}.json": "permanent-issue-json",
    "/c/{}/reversed/": "reversed",
    "/c/{}/reversed.json": "reversed-json",
    f"/c/{TOKEN}/reversed/{{}}/": "reversed-issue",
    f"/c/{TOKEN}/reversed/{{}}.json": "reversed-issue-json",
    f"/compare/?plan={{}}&plan={EUROPE}": "choose",
    "/{}": None,
    "/{}/": None,
}
NASTY = {
    "unknown": "no-such-thing",
    "capitals": "Donbas-X",
    "space": "us 28",
    "NUL": "\x00",
    "NUL inside": "us-28\x00point",
    "newline": "us\n28",
    "tab": "\t",
    "backslash": "a\\b",
    "quote": "'\"",
    "SQL": "x' OR '1'='1",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 }}{% now %}",
    "percent": "%",
    "format": "%(plan)s%s",
    "long": "x" * 5_000,
    "long slug": "-".join(["x"] * 2_000),
    "many dots": "a" + "..." * 300,
    "one dot": ".",
    "two dots": "..",
    "three dots": "...",
    "dots up": "../../etc/passwd",
    "Cyrillic": "мирний-план",
    "full-width digits": "２０２５-１１-２０",
    "right-to-left": "\u202egnp.x",
    "combining": "e\u0301" * 50,
    "emoji": "🕊️",
    "noncharacter": "\uffff",
    "line separator": "\u2028",
    "semicolon": "a;b=c",
    "at": "a@b@c",
    "no such day": "2025-02-30",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "ellipsis": "…",
}
RAW = {
    "broken percent": "%zz",
    "not UTF-8": "%ff%fe",
    "overlong": "%c0%af",
    "surrogate": "%ed%a0%80",
    "NUL twice encoded": "%2500",
    "slash": "%2f",
    "question mark": "%3f",
    "hash": "%23",
}


def faults(get, paths: dict[str, str], allowed) -> list[str]:
    """What is wrong with the answers to these paths, by the names of what makes them nasty."""
    found = []
    for name, path in paths.items():
        response = get(path, follow=True)
        if response.status_code not in allowed:
            found.append(f"{name}: {response.status_code} for {path[:200]}")
            continue
        page = read(response)
        if len(page.one("h1").text) < 9:
            found.append(f"{name}: nothing is said on {path[:200]}")
        if not page.one("main").links:
            found.append(f"{name}: no way on from {path[:200]}")
    return found


PARTS = {name: quote(part) for name, part in NASTY.items()} | RAW


@pytest.mark.parametrize("shape", SHAPES)
def test_no_address_is_too_nasty(site, get, shape):
    paths = {name: shape.format(part) for name, part in PARTS.items()}
    assert faults(get, paths, range(400, 500)) == []


@pytest.mark.parametrize("path", ["/plans/", f"{PAIR}/donbas/", "/compare/"])
@pytest.mark.parametrize("query", ["view={0}&show={0}&diff={0}", "{0}={0}", "{0}"])
def test_no_query_is_too_nasty(site, get, path, query):
    """Unknown names and values are ignored; a NUL byte alone is refused."""
    whole = {name: f"{path}?{query.format(part)}" for name, part in PARTS.items()}
    with_nul = {name: path for name, path in whole.items() if "%00" in path}
    assert with_nul.keys() == {"NUL", "NUL inside"}
    assert faults(get, with_nul, [400]) == []
    assert faults(get, {n: p for n, p in whole.items() if n not in with_nul}, [200]) == []


def test_shapes_cover_every_address_that_takes_a_part_from_the_reader():
    def patterns(resolver):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield entry
            elif entry.app_name != "admin":
                yield from patterns(entry)

    named = {p.name for p in patterns(get_resolver()) if p.pattern.converters or "(?P<" in
             str(p.pattern)}  # fmt: skip
    assert named == {name for name in SHAPES.values() if name} - {"choose"}
    good = {"plans": US, "issues": "donbas", "compare": f"{US}...{EUROPE}", "c": TOKEN}
    for shape, name in SHAPES.items():
        if name and "?" not in shape:
            part = good[shape.split("/")[1]] if shape.split("/")[2].startswith("{}") else "donbas"
            part = US if "{}..." in shape else part
            assert resolve(shape.format(part)).url_name == name


# --- what is offered ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/plans/us-28-points-draft/", f"/plans/{US}/"),
        ("/plans/european-counter-proposal/", f"/plans/{EUROPE}/"),
        ("/plans/zzz/", "/plans/"),
        (f"/plans/{FRAMEWORK}/2025-11-25/", f"/plans/{FRAMEWORK}/2025-11-24/"),
        ("/issues/donbass/", "/issues/donbas/"),
        ("/issues/nato/", "/issues/nato-membership/"),
        (f"/compare/us-28-point...{EUROPE}/", f"/plans/{US}/"),
        (f"/compare/{US}@2025-11-21...{EUROPE}/", f"/plans/{US}/2025-11-20/"),
        (f"{PAIR}/sanction/", f"{PAIR}/sanctions/"),
        (f"/c/{TOKEN}/", "/compare/"),
    ],
)
def test_unknown_offers_the_nearest(site, get, path, nearest):
    response = get(path)
    assert response.status_code == 404
    assert nearest in read(response).one("main").links


def test_unknown_issue_of_a_permanent_link_offers_issues_of_that_link(site, get, lead_token):
    response = get(f"/c/{lead_token}/sanction/")
    assert response.status_code == 404
    assert f"/c/{lead_token}/sanctions/" in read(response).one("main").links


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (US, "needs two plans"),
        (f"{US}..{EUROPE}", "cannot be read"),
        (f"{US}....{EUROPE}", "cannot be read"),
        (f"...{EUROPE}", "cannot be read"),
        (f"{US}...", "cannot be read"),
        (f"{US}@...{EUROPE}", "cannot be read"),
        (f"{US}@latest...{EUROPE}", "cannot be read"),
        (f"{US.upper()}...{EUROPE}", "cannot be read"),
        (f"{US}...{US}", "same text"),
        (f"{US}@2025-11-20...{US}", "same text"),
        (f"{US}...{EUROPE}...{FRAMEWORK}", "two plans"),
    ],
)
@pytest.mark.parametrize("end", ["/", ".json", "/donbas/", "/donbas.json"])
def test_malformed_pair_says_what_was_expected(site, get, pair, said, end):
    response = get(f"/compare/{pair}{end}")
    assert response.status_code == 400
    assert said.lower() in read(response).one("h1").text.lower()


def test_three_plans_offer_each_with_the_first(site, get):
    links = read(get(f"/compare/{US}...{EUROPE}...{FRAMEWORK}/")).one("main").links
    assert {f"{PAIR}/", f"/compare/{US}...{FRAMEWORK}/"} <= links.keys()


def test_unknown_issue_of_json_is_a_404(site, get, lead_token):
    for path in (
        f"{PAIR}/zzz.json",
        f"/c/{lead_token}/zzz.json",
        f"/c/{lead_token}/reversed/z.json",
    ):
        assert get(path).status_code == 404


# --- repaired without a word --------------------------------------------------------------------


@pytest.mark.parametrize("end", ["/", "/donbas/", ".json", "/donbas.json"])
def test_word_processors_dots_lead_to_three_dots(site, get, end):
    response = get(f"/compare/{US}…{EUROPE}{end}")
    assert response.status_code in (301, 302)
    assert response.headers["Location"] == f"{PAIR}{end}"


def test_word_processors_dots_keep_the_state_of_the_page(site, get):
    response = get(f"/compare/{US}…{EUROPE}/?view=points&diff=inline")
    assert response.headers["Location"] == f"{PAIR}/?view=points&diff=inline"


@pytest.mark.parametrize(
    "path", ["/plans", f"/plans/{US}", "/issues/donbas", "/about/method", f"{PAIR}/donbas"]
)
def test_a_missing_last_slash_is_added(site, get, path):
    response = get(f"{path}?view=points")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{path}/?view=points"


# --- other requests -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "a b", "x" * 300, "[::1", "127.0.0.1:x"],
    ids=["another", "no name", "long", "broken address", "broken port"],
)
def test_unknown_host_is_refused(site, client, host):
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_pages_are_read_only(site, reader, method):
    for path in ("/", "/plans/", f"{PAIR}/", f"{PAIR}.json", "/healthz"):
        assert getattr(reader, method)(path).status_code == 405


def test_head_is_get_without_a_body(site, reader):
    for path in ("/", f"{PAIR}/donbas/", f"{PAIR}.json"):
        response = reader.head(path)
        assert (response.status_code, response.content) == (200, b"")


def test_json_errors_are_not_cached_for_ever(site, get):
    assert "max-age" not in get(f"/c/{TOKEN}.json").headers.get("Cache-Control", "")
