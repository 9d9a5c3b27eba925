"""Decisions that show in the source: no clock, no text run as code, no floats where checks are decided."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import SOURCE, shown

CLOCKS = {"today", "now", "utcnow", "localtime", "gmtime", "fromtimestamp"}
ENGINE_HALF = ("terms", "policy", "engine", "linkage", "spreadsheets", "documents", "screening")
DECIDING = ("engine",)


def nodes_of(*packages: str) -> Iterator[tuple[str, ast.AST]]:
    for package in packages:
        for path in sorted((SOURCE / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield f"{shown(path)}:{getattr(node, 'lineno', 0)}", node


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
        case _:
            return ""


def test_no_station_of_the_engine_half_reads_the_clock() -> None:
    assert [where for where, node in nodes_of(*ENGINE_HALF) if called(node) in CLOCKS] == []


def test_no_text_is_run_as_code() -> None:
    packages = [path.parent.name for path in SOURCE.glob("*/__init__.py")]
    names = ("eval", "exec", "compile", "__import__")
    builtin = [
        where
        for where, node in nodes_of(*packages)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    assert builtin == []


def test_no_float_where_a_finding_is_decided() -> None:
    literals = [
        where
        for where, node in nodes_of(*DECIDING)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    casts = [where for where, node in nodes_of(*DECIDING) if called(node) == "float"]
    assert literals + casts == []


def test_the_rulebook_holds_no_sql() -> None:
    """A rule is an expression or it does not load; SELECT in a rule file is someone's way round."""
    folder = SOURCE.parents[1] / "rulebook"
    found = [
        shown(path)
        for path in folder.rglob("*.yaml")
        if "SELECT " in path.read_text(encoding="utf-8").upper()
    ]
    assert found == []
