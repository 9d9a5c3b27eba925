"""The documents name what exists, and what exists is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bangfu.config.env import SETTINGS, Setting
from bangfu.policy.language.functions import FUNCTIONS
from bangfu.policy.language.parser import AGGREGATES
from tests.house.tree import ROOT, SOURCE, kept_files, shown

PAGES = [path for path in kept_files() if path.suffix == ".md"]
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")


def targets(page: Path) -> list[str]:
    return LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_resolve(page: Path) -> None:
    local = [link.split("#")[0] for link in targets(page) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def make_targets() -> list[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z][a-z-]*):(?!=)", text, re.MULTILINE)


def test_every_make_target_is_explained() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in make_targets() if f"`make {target}`" not in guide] == []


def test_every_make_target_is_phony() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony is not None
    assert sorted(phony[1].split()) == sorted(make_targets())


def test_the_guide_names_folders_that_exist() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|rulebook|docs|bench)/[\w/.-]*)`", guide)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("name", sorted({*FUNCTIONS, *AGGREGATES, "standard"}))
def test_every_function_of_the_language_is_in_the_manual(name: str) -> None:
    assert f"`{name}(" in (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_in_the_page_on_deployment(setting: Setting) -> None:
    page = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert f"| `{setting.name}` | {f'`{setting.default}`' if setting.default else '空'} |" in page


def test_every_package_stands_in_the_layers_record() -> None:
    record = (ROOT / "docs" / "adr" / "0001-loop-and-layers.md").read_text(encoding="utf-8")
    assert [path.name for path in SOURCE.iterdir() if path.is_dir() and f"`{path.name}`" not in record] == [
        name for name in ("__pycache__",) if (SOURCE / name).exists()
    ]
