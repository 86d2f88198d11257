"""The suite runs on the engine that was asked for, and its handling of letters is known."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_on_the_engine_that_was_asked_for():
    asked_for = {"sqlite": "sqlite", "postgres": "postgresql"}
    assert connection.vendor == asked_for[os.environ.get("TEST_DATABASE", "sqlite")]


@pytest.mark.django_db
def test_engine_is_new_enough_and_folds_cyrillic_case():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            assert connection.pg_version >= 15_00_00
            cursor.execute("SELECT upper('їжак і план'), lower('ЇЖАК І ПЛАН')")
            assert cursor.fetchone() == ("ЇЖАК І ПЛАН", "їжак і план")
        else:
            # SQLite folds ASCII alone, so searching must not lean on its case rules.
            cursor.execute("SELECT upper('план')")
            assert cursor.fetchone() == ("план",)
