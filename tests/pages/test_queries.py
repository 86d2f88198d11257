"""The number of queries of a page does not grow with what it shows."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from plans import published
from tests.factories import catalogue_file, edition, load_files, plan_file, provision

MOST = 6
PAIR = "/compare/plan-a...plan-b"
PAGES = {
    "home": "/",
    "plans": "/plans/",
    "plan": "/plans/plan-a/",
    "edition": "/plans/plan-a/2025-11-20/",
    "issues": "/issues/",
    "issue": "/issues/armed-forces/",
    "choose": "/compare/",
    "sources": "/sources/",
    "method": "/about/method/",
    "comparison": f"{PAIR}/",
    "comparison by point": f"{PAIR}/?view=points",
    "reversed": "/compare/plan-b...plan-a/",
    "comparison issue": f"{PAIR}/armed-forces/",
    "json": f"{PAIR}.json",
    "issue json": f"{PAIR}/armed-forces.json",
    "permanent": "/c/{token}/",
    "permanent issue": "/c/{token}/armed-forces/",
    "permanent json": "/c/{token}.json",
    "reversed json": "/c/{token}/reversed.json",
}


def publish(folder, count: int) -> None:
    lead = {"left": "plan-a", "right": "plan-b", "title": "Lead", "summary": "Both."}

    def texts(word: str) -> list:
        return [provision(str(i), f"Rule {i * 7919} {word} in place {i}.") for i in range(count)]

    load_files(
        folder,
        catalogue=catalogue_file(lead=lead),
        a=plan_file("plan-a", edition(provisions=texts("stands"))),
        b=plan_file("plan-b", edition("2025-11-24", provisions=texts("falls"))),
    )


def queries(reader, token: str) -> dict[str, int]:
    """How many each page needs in a process that has parsed nothing yet."""
    found = {}
    for name, path in PAGES.items():
        published._documents.clear()
        published._serial = (-published.SERIAL_SECONDS, 0)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = reader.get(path.format(token=token))
        assert response.status_code == 200
        found[name] = len(captured)
    return found


@pytest.fixture
def with_one(db, reader, tmp_path) -> dict[str, int]:
    """The queries of each page with plans of one provision; undone again."""
    with transaction.atomic():
        publish(tmp_path / "one", 1)
        found = queries(reader, reader.get(f"{PAIR}.json").json()["token"])
        transaction.set_rollback(True)
    return found


def test_no_page_needs_more_than_six(with_one):
    assert {name: n for name, n in with_one.items() if n > MOST} == {}


@pytest.mark.parametrize("count", [60, 600])
def test_the_number_does_not_grow(with_one, reader, tmp_path, count):
    publish(tmp_path / "many", count)
    token = reader.get(f"{PAIR}.json").json()["token"]
    body = reader.get(f"/c/{token}.json").json()
    assert sum(len(row["left"]) for row in body["points"]) == count
    assert queries(reader, token) == with_one


def test_a_warm_process_needs_fewer(with_one, reader, tmp_path):
    publish(tmp_path / "many", 3)
    token = reader.get(f"{PAIR}.json").json()["token"]
    for name, path in PAGES.items():
        reader.get(path.format(token=token))
        with CaptureQueriesContext(connection) as captured:
            reader.get(path.format(token=token))
        assert len(captured) <= 4, name
