# Point by Point. `make run` shows the site, `make test` runs every test, `make lint` checks the code.
# Needed: git, make and Python 3.11 or newer with venv. Everything else is installed into .venv from
# the locks in requirements/.

PYTHON ?= python3
PORT ?= 8000

PY := .venv/bin/python
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check \
	--require-hashes --only-binary :all: --no-deps
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--python-version 3.11 --custom-compile-command "make lock"

# What the database and the collected static files are made from.
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)
MIGRATIONS := $(wildcard plans/migrations/*.py comparisons/migrations/*.py)
# The database is prepared again, too, when its file is gone or when you name one of your own.
REDO := $(if $(DATABASE_URL),always,$(if $(wildcard var/db.sqlite3),,always))

.PHONY: help run test lint bench lock always

# Say what there is.
help:
	@echo "make run    install, prepare and serve the site on http://127.0.0.1:$(PORT)/"
	@echo "make test   the whole suite on SQLite, again on PostgreSQL, then in a browser"
	@echo "make lint   ruff, djlint, mypy and Django's own checks"
	@echo "make bench  the benchmarks: how well the engine suggests alignments"
	@echo "make lock   write requirements/ anew from pyproject.toml (needs uv)"

# Serve the site; the first time, install and prepare everything for it.
run: var/.collected var/.prepared
	@echo "For an editor's account: $(PY) manage.py createsuperuser"
	@echo "Serving http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)"
	@exec $(PY) -m gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

# Run every test, lane by lane.
test: .venv/.dev var/.collected
	@$(PY) tests/run.py

# Check the code without running the tests.
lint: .venv/.dev var/fonts/.built
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m djlint --quiet --lint templates
	@$(PY) -m mypy
	@$(PY) manage.py makemigrations --check --dry-run
	@ALLOWED_HOSTS=example.org SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(PY) manage.py check --deploy --fail-level WARNING

# Measure; nothing here passes or fails.
bench: .venv/.dev
	@$(PY) -m tests.bench

# Write the locks anew. The tests' lock keeps to the versions of the site's lock.
lock:
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(LOCK) pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; PYTHON=$(PYTHON) is not. Try: make PYTHON=python3.11"; exit 1; }
	@echo "Making .venv"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.runtime: requirements/runtime.txt .venv/.made
	@echo "Installing what the site needs"
	@$(PIP_INSTALL) -r $<
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@echo "Installing what the tests need"
	@$(PIP_INSTALL) -r $<
	@touch $@

var/fonts/.built: tools/build_fonts.py .venv/.runtime
	@echo "Making the fonts"
	@$(PY) tools/build_fonts.py
	@touch $@

var/.collected: $(STATIC_SOURCES) config/settings.py var/fonts/.built
	@echo "Collecting the static files"
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@

# Plans are loaded into an empty database only: later, what editors published there counts.
var/.prepared: $(MIGRATIONS) .venv/.runtime $(REDO)
	@echo "Preparing the database"
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_plans --if-empty
	@touch $@
