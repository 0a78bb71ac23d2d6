# SKT-loket. `make demo` and `make test` are all an empty machine needs: Python 3.11+, git, make.

SHELL := /bin/sh
VENV_PYTHON := .venv/bin/python
BIN := .venv/bin
APPS := skt socialekaart intake triage casusregie rapportage
# Strict types: named here, configured in pyproject.toml.
TYPED := skt/kern skt/autorisatie skt/lokaal skt/settings \
  $(filter-out skt/autorisatie/%,$(wildcard skt/*/services.py skt/*/services */services.py */services))
export PYTHONUNBUFFERED := 1
# Our own code is compiled once, not by every server and command that the gates and tests start.
unexport PYTHONDONTWRITEBYTECODE
# The gates run beside each other, each telling what it found in one piece where make can (version 4).
BESIDE := --no-print-directory -j2 --keep-going $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.PHONY: help omgeving demo demo-opnieuw test poorten poort-typen poort-code poort-django sloten schoon

help:
	@echo "make demo          de hele site met een fictieve stad (PORT=8001 voor een andere poort)"
	@echo "make demo-opnieuw  hetzelfde, met lege gegevens"
	@echo "make omgeving      alleen .venv"
	@echo "make test          alle poorten en tests (BROWSER=required maakt Chromium verplicht)"
	@echo "make poorten       alleen de poorten: ruff, djlint, mypy, import-linter, Django"
	@echo "make sloten        requirements/*.txt opnieuw vastzetten (heeft uv nodig)"
	@echo "make schoon        testdata en caches weg; de demo blijft"

# The newest Python of 3.11 or later that is there; python3 first, because it is what people mean by Python.
omgeving:
	@for p in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14; do \
	  if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$p" skt/lokaal/omgeving.py; \
	  fi; \
	done; \
	echo "SKT-loket heeft Python 3.11 of nieuwer nodig; installeer python3 en probeer het opnieuw." >&2; exit 1

demo: omgeving
	@exec $(VENV_PYTHON) -m skt.lokaal.demo

demo-opnieuw: omgeving
	@exec $(VENV_PYTHON) -m skt.lokaal.demo --opnieuw

poorten: omgeving
	@$(MAKE) $(BESIDE) poort-typen poort-code poort-django

# The longest first: the other core does the rest meanwhile.
poort-typen:
	@echo "== typen" && $(BIN)/mypy $(TYPED)

poort-code:
	@echo "== ruff" && $(BIN)/ruff check .
	@echo "== opmaak" && $(BIN)/ruff format --check .
	@echo "== lagen" && PYTHONPATH=. $(BIN)/lint-imports
	@echo "== sjablonen" && $(BIN)/djlint --check --lint templates

poort-django:
	@echo "== migraties" && $(VENV_PYTHON) manage.py makemigrations --check --dry-run
	@echo "== productie-instellingen" && $(VENV_PYTHON) -m skt.lokaal.proefproductie check --deploy --fail-level WARNING

test: poorten
	@echo "== tests" && $(BIN)/pytest -n 2 --dist worksteal $(PYTEST)

sloten:
	@for s in basis lokaal test; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-annotate --no-header requirements/$$s.in --output-file requirements/$$s.txt || exit 1; \
	done

schoon:
	@rm -rf var/test .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
