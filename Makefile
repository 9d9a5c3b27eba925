# Every target needs only Python 3.11 and make; CONTRIBUTING.md says when to use which.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
STAMP := .venv/.installed
OUT ?= out
PORT ?= 8000

.PHONY: setup run test test-servers check check-style check-types check-imports check-rules format bench bench-web bench-papers bench-text bench-crowd screenshots soak glossary reports coverage-doc migrations lock

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup

run: $(STAMP)
	@echo "一、新建一个演示镇：真的村、虚构的人，故意埋入问题（列在 $(OUT)/demo/已知问题.tsv），像已经用了一个月……"
	@$(BIN)/bangfu demo --home $(OUT)/demo --anew --month >/dev/null
	@echo "二、启动工作台……"
	@exec $(BIN)/bangfu serve --home $(OUT)/demo --port $(PORT)

CHECKS := check-style check-types check-imports check-rules

check: $(STAMP)
	@$(MAKE) -j2 --output-sync=target $(CHECKS)

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types:
	$(BIN)/mypy --strict

check-imports:
	$(BIN)/lint-imports

check-rules:
	$(BIN)/bangfu rules lint

# What the tests need is installed while the types are checked, which takes one processor a minute.
test: $(STAMP)
	@$(MAKE) -j3 --output-sync=target check-types test-servers check-rules check-imports check-style
	$(BIN)/pytest -n 2 --dist loadgroup

test-servers:
	.ci/postgres
	.ci/browser

soak: $(STAMP)
	.ci/browser
	BANGFU_SOAK=1 $(BIN)/pytest -n 2 --dist loadgroup -m "soak or repeats or hypothesis"

bench: $(STAMP)
	$(BIN)/python -m bench

# Pages at 10 thousand and a million persons; WEB=--keep=FOLDER keeps the homes, whose making takes most of the time.
bench-web: $(STAMP)
	$(BIN)/python -m bench.web $(WEB)

# Reports and cards at a million persons; PAPERS=--keep=FOLDER keeps the home, which bench-web uses as well.
bench-papers: $(STAMP)
	$(BIN)/python -m bench.papers $(PAPERS)

# A text of ten pages verified: the command from its start, and in a process that runs.
bench-text: $(STAMP)
	$(BIN)/python -m bench.papers.text

# Twenty people edit and close tasks while 50,000 persons are imported; nothing acknowledged may be lost. Some minutes.
bench-crowd: $(STAMP)
	$(BIN)/python -m bench.web.crowd_import

# The pictures of every page in docs/manual/pictures/web.
screenshots: $(STAMP)
	.ci/browser
	$(BIN)/python -m tests.browser.screenshots

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After a change of models or terms.
migrations: $(STAMP)
	DJANGO_SETTINGS_MODULE=bangfu.config.settings $(BIN)/python -m django makemigrations office jobs registry ledger intake findings casework reporting

glossary: $(STAMP)
	$(BIN)/python -m bangfu.terms.glossary

reports: $(STAMP)
	$(BIN)/python -m bangfu.documents.word.shipped rulebook/reports

coverage-doc: $(STAMP)
	$(BIN)/bangfu rules coverage --out docs/rulebook-coverage.md
	$(BIN)/bangfu rules coverage --indicators --out docs/indicator-coverage.md

# The lock serves every platform and Python from 3.11 on, and names no registry.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet 'uv>=0.9'
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra dev pyproject.toml -o requirements.lock
