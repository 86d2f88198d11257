"""Pages in a real Chromium. Each is watched: an error, or a request elsewhere, fails its test."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, Route, sync_playwright
from pytest_django.live_server_helper import LiveServer

from comparisons.loading import load
from comparisons.management.commands.load_plans import BUNDLED
from plans import published, triggers
from plans.models import Document
from tests.engines import find_chromium

WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("no Chromium at $CHROMIUM or /usr/bin/chromium")
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop running in this thread, which Django takes for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=[
                    "--no-sandbox",  # Chromium's sandbox refuses to run as root
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    # Chromium's own calls home
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            )
            yield browser
            browser.close()


@pytest.fixture(scope="session")
def server(django_db_setup) -> Iterator[LiveServer]:
    """The site with its collected static files, which WhiteNoise serves as in production.

    Not named live_server: pytest-django would empty the tables after every test that uses it,
    which the append-only tables refuse.
    """
    server = LiveServer("127.0.0.1", start=False)
    # pytest-django's own handler knows no file by its hashed name.
    server.thread.static_handler = lambda application: application
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="package")
def bundled_plans(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The bundled plans, loaded once for all browser tests.

    Server and tests share the one connection of SQLite's database in memory, so all that either
    of them writes stands in a transaction that is rolled back. Nothing needs to be emptied.
    """
    with django_db_blocker.unblock():
        rules = triggers.names(connection)
        with transaction.atomic():
            load([BUNDLED])
            yield
            transaction.set_rollback(True)
        assert triggers.names(connection) == rules != set()
        assert not Document.objects.exists()


@pytest.fixture
def published_plans(bundled_plans, db) -> Iterator[None]:
    """The same, for one test: what it and its editors change is undone."""
    forget_serial()
    yield
    forget_serial()


def forget_serial() -> None:
    """The site looks at once for what was published; else it does so once a second."""
    published._serial = (-published.SERIAL_SECONDS, 0)


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What went wrong on any page of the test; a test that provokes an error takes it out."""
    found: list[str] = []
    yield found
    assert not found, "\n".join(found)


@pytest.fixture
def new_page(browser, server, published_plans, problems) -> Iterator[Callable[..., Page]]:
    """Open pages: new_page(javascript=False, color_scheme="dark", width=390).

    Any other option of Playwright's new_context can be given, too. Paths are the site's:
    page.goto("/").
    """
    contexts = []
    own_host = urlsplit(server.url).netloc

    def refuse_other_hosts(route: Route) -> None:
        if urlsplit(route.request.url).netloc == own_host:
            route.continue_()
        else:
            problems.append(f"request to another host: {route.request.url}")
            route.abort()

    def open_page(*, javascript=True, color_scheme="light", width=1440, height=900, **options):
        context = browser.new_context(
            base_url=server.url,
            java_script_enabled=javascript,
            color_scheme=color_scheme,
            viewport={"width": width, "height": height},
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        context.route("**/*", refuse_other_hosts)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                message.type == "error" and problems.append(f"{page.url}: console: {message.text}")
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page) -> Page:
    return new_page()


@pytest.fixture
def axe() -> Callable[..., list[str]]:
    """axe(page): the page's breaks of WCAG 2.2 A and AA, one line for each element. No line: none.

    axe(page, "color-contrast") looks for breaks of this rule alone. The page must have JavaScript.
    """

    def check(page: Page, *rules: str) -> list[str]:
        only = (
            {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG_2_2_AA}
        )
        options = {"runOnly": only, "resultTypes": ["violations"]}
        results = Axe().run(page, options=options).response
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]

    return check
