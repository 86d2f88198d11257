"""Run the tests on a PostgreSQL server of their own: pytest -p tests.postgres_plugin.

The server must be up, and DATABASE_URL set, before pytest-django reads the settings. By the time
of any hook in a conftest.py they have been read, and the tests would quietly run on SQLite.
"""

import os
from contextlib import ExitStack

import pytest

from tests.engines import find_postgres, throwaway_postgres

_running = ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    programs = find_postgres()
    if programs is None:
        raise pytest.UsageError(
            "no PostgreSQL was found: set PG_BIN, or install requirements/dev.txt"
        )
    socket_folder = _running.enter_context(throwaway_postgres(programs))
    os.environ["DATABASE_URL"] = f"postgres://app@/app?host={socket_folder}"
    os.environ["TEST_DATABASE"] = "postgres"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _running.close()
