"""The bundled plans, published, for the tests of pages. Readers see documents, so no rows stand."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import set_script_prefix

from comparisons.deriving import token_of
from comparisons.loading import load
from comparisons.management.commands.load_plans import BUNDLED
from plans import published
from plans.models import Document, Publication
from tests.pages.addresses import LEAD


@pytest.fixture(scope="session")
def bundled_log(django_db_setup, django_db_blocker):
    """All documents and publications of the bundled plans. The database stays empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        load([BUNDLED])
        found = list(Document.objects.all()), list(Publication.objects.all())
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def bundled_site(bundled_log, django_db_blocker):
    """A site that has published the bundled plans, for all tests of a file."""
    documents, publications = bundled_log
    with django_db_blocker.unblock(), transaction.atomic():
        Document.objects.bulk_create(documents)
        Publication.objects.bulk_create(
            # Whoever published them is no row here.
            [_without_author(publication) for publication in publications]
        )
        yield
        transaction.set_rollback(True)


def _without_author(publication: Publication) -> Publication:
    publication.by_id = None
    return publication


@pytest.fixture
def site(bundled_site, db):
    """The same, for one test: what it changes is undone."""


@pytest.fixture(scope="session")
def reader() -> Client:
    """A reader without cookies: one for all tests, since making one reads all static files."""
    return Client()


@pytest.fixture
def get(reader):
    """get("/plans/"): the response, whatever its status."""
    return reader.get


@pytest.fixture
def lead_token(bundled_log) -> str:
    """The token of the US draft and the European counterproposal."""
    digests = {p.key: p.document_id for p in bundled_log[1]}
    return token_of(digests[LEAD])


@pytest.fixture(autouse=True)
def fresh():
    """Each test starts as a new process would: no serial known, no language in the path."""
    published._serial = (-published.SERIAL_SECONDS, 0)
    yield
    set_script_prefix("/")
    published._serial = (-published.SERIAL_SECONDS, 0)
