"""Fixtures for all lanes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.configuration
import pytest
from django.db import transaction

from comparisons.loading import load
from comparisons.management.commands.load_plans import BUNDLED
from plans.models import Publication

# Examples that failed are kept for the next run, beside the other caches.
hypothesis.configuration.set_hypothesis_home_dir(Path(__file__).parent.parent / "var/hypothesis")
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # pytest-django makes a test database for tests that say they need one, not for fixtures.
    for item in items:
        if "bundled" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def bundled(django_db_setup, django_db_blocker) -> Mapping[str, Any]:
    """The current documents of the bundled plans, by key, as JSON. The database stays empty."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert not Publication.objects.exists(), "this is no test database"
        load([BUNDLED])
        current = Publication.objects.current().select_related("document")
        found = {p.key: json.loads(p.document.body) for p in current}
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="session")
def bundled_comparisons(bundled) -> list[dict[str, Any]]:
    return [body for key, body in bundled.items() if key.startswith("comparison/")]
