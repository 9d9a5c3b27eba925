# Every target needs only Python 3.11 and make; CONTRIBUTING.md says when to use which.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
MAKEFLAGS += --no-print-directory
BIN := .venv/bin
STAMP := .venv/.installed
OUT ?= out

.PHONY: setup run test check format bench soak glossary coverage-doc migrations lock

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml .ci/setup
	@PYTHON="$(PYTHON)" .ci/setup

run: $(STAMP)
	@rm -rf $(OUT)/sample $(OUT)/result
	@echo "一、生成一个虚构乡镇的样例表格(故意放入错误)……"
	@$(BIN)/bangfu sample $(OUT)/sample --faults
	@echo; echo "二、核查这些表格……"
	@$(BIN)/bangfu check $(OUT)/sample --out $(OUT)/result
	@echo; echo "三、结果在 $(OUT)/result:summary.xlsx 是汇总,各村一个工作簿,findings.jsonl 供程序读取。"
	@echo "接下来可以试:"
	@echo "  $(BIN)/bangfu check 你的表格所在文件夹 --out $(OUT)/mine    核查自己的表格"
	@echo "  $(BIN)/bangfu rules list                              看有哪些核查规则"
	@echo "  $(BIN)/bangfu --help                                  看全部命令"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/bangfu rules lint

test: check
	.ci/postgres
	$(BIN)/pytest -n 2

soak: $(STAMP)
	BANGFU_SOAK=1 $(BIN)/pytest -n 2 -m "soak or hypothesis"

bench: $(STAMP)
	$(BIN)/python -m bench

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# After a change of models or terms.
migrations: $(STAMP)
	DJANGO_SETTINGS_MODULE=bangfu.config.settings $(BIN)/python -m django makemigrations office registry ledger intake findings

glossary: $(STAMP)
	$(BIN)/python -m bangfu.terms.glossary

coverage-doc: $(STAMP)
	$(BIN)/bangfu rules coverage --out docs/rulebook-coverage.md

# The lock serves every platform and Python from 3.11 on, and names no registry.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet 'uv>=0.9'
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--extra dev pyproject.toml -o requirements.lock
