"""rulebook/codelists/*.yaml -> CodeList."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bangfu.policy.model import CodeList, CodeListVersion, Label
from bangfu.policy.source import Entries, Problem, Source, day, files, read, take

PROGRAMMES = "programme"


def load_codelists(root: Path, problems: list[Problem]) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for path in files(root / "codelists"):
        found = read(path, root, problems)
        if found is None:
            continue
        source, entries = found
        required = {"id": str, "name": str, "versions": list}
        if not take(source, entries, required, {"groups": dict, "source": str, "note": str}):
            continue
        if entries["id"] != path.stem:
            source.fail(f"id 应与文件名相同:{path.stem}", line=entries.lines["id"])
        versions = tuple(version for item in entries["versions"] if (version := _version(source, item)))
        if versions:
            groups = {name: tuple(map(str, labels)) for name, labels in entries.get("groups", {}).items()}
            codelist = CodeList(entries["id"], entries["name"], versions, groups)
            _check_groups(source, entries, codelist)
            lists[codelist.id] = codelist
    if PROGRAMMES in lists:
        lists[PROGRAMMES] = _with_programmes(root, lists[PROGRAMMES])
    return lists


def _with_programmes(root: Path, codelist: CodeList) -> CodeList:
    """The list with the programmes that it does not name: a new one is its own file and nothing else.

    What is wrong with such a file is told where programmes are loaded.
    """
    known, found = codelist.all_labels, list[Label]()
    for path in files(root / "programmes"):
        entries = read(path, root, []) if path.stem not in known else None
        if entries is not None and "name" in entries[1]:
            aliases = (entries[1]["name"], *entries[1].get("aliases", ()))
            found.append(Label(path.stem, None, tuple(map(str, aliases))))
    if not found:
        return codelist
    return replace(
        codelist,
        versions=tuple(replace(one, labels=(*one.labels, *found)) for one in codelist.versions),
    )


def _version(source: Source, entries: Entries) -> CodeListVersion | None:
    optional = {"from": date, "to": date, "source": str, "note": str, "numbering": str}
    if not take(source, entries, {"labels": list}, optional):
        return None
    labels = []
    for item in entries["labels"]:
        if isinstance(item, str):
            labels.append(Label(item, None, ()))
        elif take(source, item, {"label": str}, {"code": str, "aliases": list, "sex": str, "note": str}):
            labels.append(Label(item["label"], item.get("code"), tuple(map(str, item.get("aliases", ())))))
    return CodeListVersion(
        day(entries.get("from")), day(entries.get("to")), entries.get("source", ""), tuple(labels)
    )


def _check_groups(source: Source, entries: Entries, codelist: CodeList) -> None:
    known = codelist.all_labels
    for name, labels in codelist.groups.items():
        for label in labels:
            if label not in known:
                source.fail(f"分组 {name} 里的 {label} 不在代码表内", line=entries.lines["groups"])
