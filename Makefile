# The portal's commands. A fresh clone needs Python 3.11 or newer, make and a package index.

PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python
SETUP := $(PYTHON) inharmony/servers/machine.py

.PHONY: demo setup test setup-test check bench prove

demo: setup # the portal with invented people on http://localhost:$(PORT); Ctrl-C ends everything
	@exec $(RUN) -m inharmony.servers demo --port $(PORT) --ends-with-parent

setup: # .venv, the locked packages, the two libraries for PDFs
	@$(SETUP) requirements.lock

test: setup-test # the whole suite in a process a core, browser tests where Chromium is found
	@exec $(RUN) -m pytest --numprocesses auto --dist worksteal

setup-test:
	@$(SETUP) requirements-dev.lock --browser

check: setup-test # lint, types, import contracts, migrations, templates, settings; containers are checked by the suite
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy .
	@.venv/bin/lint-imports
	@$(RUN) -W "ignore:Got an error checking" manage.py makemigrations --check --dry-run --settings inharmony.settings.checks
	@$(RUN) manage.py check_templates --settings inharmony.settings.checks
	@SECRET_KEY=$$($(RUN) -c "import secrets; print(secrets.token_urlsafe(64))") IDENTITY_KEY=for-this-check-only \
		ALLOWED_HOSTS=portal.example DATABASE_URL=postgresql://web@localhost/none REDIS_URL=redis://localhost \
		$(RUN) manage.py check --deploy --fail-level WARNING --settings inharmony.settings.production

bench: setup-test # floors and measures, interleaved; BENCH_JSON=file writes them
	@exec $(RUN) -m tests.bench

prove: setup-test # the long proofs, one line each
	@exec $(RUN) -m tests.prove
