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
	@rm -rf $(OUT)/demo $(OUT)/result
	@echo "一、新建一个演示镇:真的村、虚构的人,2014年到2020年春(故意埋入问题)……"
	@$(BIN)/bangfu demo --home $(OUT)/demo
	@echo; echo "二、核查演示镇……"
	@$(BIN)/bangfu check --home $(OUT)/demo --out $(OUT)/result
	@echo; echo "三、结果在 $(OUT)/result:summary.xlsx 是汇总,各村一个工作簿,findings.jsonl 供程序读取。"
	@echo "   埋入的问题列在 $(OUT)/demo/已知问题.tsv,可以对照。"
	@echo "还可以试:"
	@echo "  $(BIN)/bangfu sample $(OUT)/sample --faults && $(BIN)/bangfu check $(OUT)/sample --out $(OUT)/checked"
	@echo "                                                    生成各部门的样例表格,直接核查表格"
	@echo "  $(BIN)/bangfu check 你的表格所在文件夹 --out $(OUT)/mine    核查自己的表格"
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
	BANGFU_SOAK=1 $(BIN)/pytest -n 2 -m "soak or repeats or hypothesis"

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
