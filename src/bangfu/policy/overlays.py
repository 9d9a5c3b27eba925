"""rulebook/overlays/*/overlay.yaml: named changes to the rulebook, put over it for one run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bangfu.policy.source import Problem, RulebookError, read, take
from bangfu.terms.errors import UserError


@dataclass(frozen=True)
class Overlay:
    """`id_prefixes` are division prefixes that count as valid although no division has them."""

    id: str
    name: str
    note: str
    id_prefixes: tuple[str, ...]
    folder: Path


def load_overlay(root: Path, name: str) -> Overlay:
    """UserError where there is no such overlay, RulebookError where its file is wrong."""
    folder = root / "overlays" / name
    path = folder / "overlay.yaml"
    if not path.is_file():
        known = sorted(item.parent.name for item in (root / "overlays").glob("*/overlay.yaml"))
        raise UserError(f"没有叠加规则 {name},可用的有 {'、'.join(known) or '(无)'}")
    problems: list[Problem] = []
    found = read(path, root, problems)
    if found is not None and take(*found, {"id": str, "name": str}, {"note": str, "id_prefixes": list}):
        source, entries = found
        if entries["id"] != name:
            source.fail(f"id 应与文件夹同名:{name}", line=entries.lines["id"])
    if problems or found is None:
        raise RulebookError(problems)
    entries = found[1]
    prefixes = tuple(map(str, entries.get("id_prefixes", ())))
    return Overlay(entries["id"], entries["name"], entries.get("note", ""), prefixes, folder)
