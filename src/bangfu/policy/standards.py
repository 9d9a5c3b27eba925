"""rulebook/standards/*.yaml -> Standard."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from pathlib import Path

from bangfu.policy.language.types import of_unit, scaled
from bangfu.policy.source import Entries, Problem, Source, day, files, read, take
from bangfu.policy.standard import Standard, StandardValue

UNITS = {
    "yuan": "元",
    "days": "天",
    "months": "个月",
    "years": "岁",
    "count": "",
    "ratio": "",
    "mu": "亩",
    "km": "公里",
    "sqm": "平方米",
    "date": "",
    "month": "",
}


def load_standards(root: Path, problems: list[Problem], names: Container[str] = ()) -> dict[str, Standard]:
    """By id; all, unless some are named."""
    standards: dict[str, Standard] = {}
    for path in files(root / "standards"):
        if names and path.stem not in names:
            continue
        found = read(path, root, problems)
        if found is None:
            continue
        source, entries = found
        required = {"id": str, "name": str, "unit": str, "values": list}
        if not take(source, entries, required, {"note": str}):
            continue
        if entries["id"] != path.stem:
            source.fail(f"id 应与文件名相同:{path.stem}", line=entries.lines["id"])
        if entries["unit"] not in UNITS:
            source.fail(f"unit 应是 {'、'.join(UNITS)} 之一", line=entries.lines["unit"])
            continue
        kind = of_unit(entries["unit"])
        values = tuple(value for item in entries["values"] if (value := _value(source, item, kind.kind)))
        standards[entries["id"]] = Standard(
            entries["id"], entries["name"], entries["unit"], kind, values, entries.get("note", "")
        )
    return standards


def _value(source: Source, entries: Entries, kind: str) -> StandardValue | None:
    required: dict[str, type | tuple[type, ...]] = {"value": (int, float, date, str), "source": str}
    optional: dict[str, type | tuple[type, ...]] = {
        "from": date,
        "to": date,
        "place": str,
        "verified": bool,
        "source_read_on": date,
        "note": str,
    }
    if not take(source, entries, required, optional):
        return None
    raw = entries["value"]
    since, until = day(entries.get("from")), day(entries.get("to"))
    if since is not None and until is not None and since > until:
        source.fail("from 晚于 to", entries)
    if (kind == "date") != isinstance(raw, date) or (kind not in ("date", "month") and isinstance(raw, str)):
        source.fail(f"value {raw!r} 与单位不合", entries)
        return None
    value = _held(raw, kind)
    return StandardValue(
        since,
        until,
        entries.get("place", ""),
        value,
        entries.get("verified", True),
        entries["source"],
        day(entries.get("source_read_on")),
    )


def _held(raw: int | float | date | str, kind: str) -> int:
    if isinstance(raw, date):
        return day(raw) or 0
    return int(str(raw).replace("-", "")) if kind == "month" else scaled(raw, kind)
