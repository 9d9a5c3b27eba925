"""The lock has every dependency in a version that pyproject.toml allows, hashed, without an address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(name for extra in PROJECT["project"]["optional-dependencies"].values() for name in extra),
]


@pytest.mark.parametrize("text", sorted(set(WANTED)))
def test_dependency_is_locked(text: str) -> None:
    wanted = Requirement(text)
    version = LOCKED.get(canonicalize_name(wanted.name))
    assert version is not None, f"{wanted.name} is not in requirements.lock: run make lock"
    assert wanted.specifier.contains(version), f"{wanted} but {version} is locked: run make lock"


def test_every_locked_package_is_hashed() -> None:
    blocks = re.split(r"\n(?=[\w.-]+==)", LOCK.strip())
    assert len(blocks) == len(LOCKED)
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"https?:|file:|--(?:extra-)?index|--find-links| @ ", LOCK)


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    unexplained = [line for line in re.findall(r'^ {4}"[^"]+",.*$', text, re.MULTILINE) if "#" not in line]
    assert unexplained == []
