"""Classes of signs that are remembered match what they matched before."""

from __future__ import annotations

import importlib
import re

import bangfu.documents  # noqa: F401
from bangfu.documents.classes import remember_classes

WORDS = "共有 824户,其中A类脱贫户12.5%(占比);未脱贫3户。"
PATTERNS = (
    r"[一-龥]+",
    r"[^,。;\d]{2,}",
    r"[A-Za-z一-龥]{1,3}户",
    r"(?i)[a-c]类",
    r"[\d.]+[%户]",
    r"其中|未|共",
)


def test_a_class_matches_what_it_matched_without_being_remembered() -> None:
    compiler = importlib.import_module("re._compiler")
    make = compiler._optimize_charset.__closure__[1].cell_contents
    for pattern in PATTERNS:
        once, again = compiler.compile(pattern), compiler.compile(pattern)
        remembered, compiler._optimize_charset = compiler._optimize_charset, make
        plain = compiler.compile(pattern)
        compiler._optimize_charset = remembered
        assert [one.span() for one in plain.finditer(WORDS)] == [one.span() for one in once.finditer(WORDS)]
        assert [one.span() for one in plain.finditer(WORDS)] == [one.span() for one in again.finditer(WORDS)]


def test_it_is_done_once() -> None:
    compiler = importlib.import_module("re._compiler")
    before = compiler._optimize_charset
    remember_classes()
    assert compiler._optimize_charset is before
    assert re.compile("[一-龥]").search(WORDS)
