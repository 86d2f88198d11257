"""What readers see: current entries, in a constant number of queries."""

import pytest

from plans import published
from plans.documents import Catalogue, EditionDocument, Reactions
from plans.models import Edition
from plans.publishing import publish_edition
from tests.factories import catalogue_file, load_files, plan_file, reaction, reactions_file

pytestmark = pytest.mark.django_db

KEY = "edition/plan-a@2025-11-20"


@pytest.fixture
def plan_a(tmp_path) -> Edition:
    load_files(
        tmp_path,
        catalogue=catalogue_file(),
        a=plan_file("plan-a"),
        reactions=reactions_file(reaction()),
    )
    return Edition.objects.get()


def correct(edition: Edition) -> None:
    edition.provisions.filter(number="1").update(text="Corrected words.")
    publish_edition(edition, type="correction", reason="A slip.")


def test_current_entry_is_the_latest(plan_a, django_assert_num_queries):
    correct(plan_a)
    with django_assert_num_queries(1):
        found = published.current(KEY, "catalogue", "edition/none@2025-11-20")
    assert set(found) == {KEY, "catalogue"}
    assert (found[KEY].type, found[KEY].reason) == ("correction", "A slip.")


def test_history_is_oldest_first(plan_a):
    correct(plan_a)
    assert [e.type for e in published.history(KEY)] == ["first-publication", "correction"]


def test_record_leaves_out_what_is_derived(plan_a, tmp_path, django_assert_num_queries):
    load_files(tmp_path, b=plan_file("plan-b"))
    with django_assert_num_queries(1):
        found = published.current_record()
    keys = {KEY, "edition/plan-b@2025-11-20", "catalogue", "reactions"}
    assert set(found) == keys


def test_documents_are_parsed_once_a_process(plan_a, django_assert_num_queries):
    published._documents.clear()
    digests = [entry.digest for entry in published.current_record().values()]
    with django_assert_num_queries(1):
        found = published.parsed(digests)
    with django_assert_num_queries(0):
        again = published.parsed(digests)
    assert {type(value) for value in found.values()} == {EditionDocument, Catalogue, Reactions}
    assert all(again[digest] is found[digest] for digest in digests)


def test_stored_bytes_are_given_back(plan_a):
    digest = published.current(KEY)[KEY].digest
    assert '"slug":"plan-a"' in published.body(digest)
    assert published.body(64 * "0") is None
