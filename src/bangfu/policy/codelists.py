"""rulebook/codelists/*.yaml -> CodeList."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bangfu.policy.model import CodeList, CodeListVersion, Label
from bangfu.policy.source import Entries, Problem, Source, day, files, read, take


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
    return lists


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
