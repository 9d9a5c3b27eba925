"""rulebook/programmes/*.yaml -> Programme, and the checks that each yields by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bangfu.policy.checks import expression, in_force, texts
from bangfu.policy.examples import load_examples
from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import MONEY
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Check, Programme
from bangfu.policy.source import Entries, Problem, Source, files, read, take

PERIODS = ("month", "term", "year", "once")
REQUIRED: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "name": str,
    "department": str,
    "subject": str,
    "period": str,
    "basis": str,
}
OPTIONAL: dict[str, type | tuple[type, ...]] = {
    "eligible": str,
    "amount": str,
    "in_force": dict,
    "within_months": int,
    "incompatible": list,
    "verified": bool,
    "refs": dict,
    "focus": dict,
    "examples": list,
    "note": str,
    "unit": str,
    "skip": list,
    "read_on": date,
    "aliases": list,
}
KINDS = (
    "entitled_not_received",
    "received_not_entitled",
    "paid_twice",
    "wrong_amount",
    "paid_after_death",
    "incompatible",
)
_WITHIN = {"month": 2, "term": 4, "year": 11}
_FOCUS = {
    "paid_twice": ("full_name",),
    "wrong_amount": ("amount",),
    "paid_after_death": ("months", "amount"),
    "incompatible": ("programme",),
}


@dataclass(frozen=True)
class _Draft:
    """A check in the making: its kind, title, subject, expression and what to do."""

    kind: str
    title: str
    subject: str
    text: str
    rectify: str
    severity: str = "error"
    focus: tuple[str, ...] = field(default=())


def load_programmes(
    root: Path, vocabulary: Vocabulary, problems: list[Problem]
) -> tuple[dict[str, Programme], dict[str, Check]]:
    programmes: dict[str, Programme] = {}
    checks: dict[str, Check] = {}
    for path in files(root / "programmes"):
        found = read(path, root, problems)
        if found is None or not take(*found, REQUIRED, OPTIONAL):
            continue
        programme = _programme(*found, vocabulary)
        if programme is None:
            continue
        programmes[programme.id] = programme
        for check in _checks(*found, programme, vocabulary):
            checks[check.id] = check
    return programmes, checks


def programme_ids(root: Path) -> frozenset[str]:
    """The identifiers that rules may compare `programme` with: the names of the files."""
    return frozenset(path.stem for path in files(root / "programmes"))


def _programme(source: Source, entries: Entries, vocabulary: Vocabulary) -> Programme | None:
    if entries["id"] != Path(source.file).stem:
        source.fail(f"id 应与文件名相同:{Path(source.file).stem}", line=entries.lines["id"])
    if entries["subject"] not in ("person", "household"):
        source.fail("subject 应是 person 或 household", line=entries.lines["subject"])
        return None
    if entries["period"] not in PERIODS:
        source.fail(f"period 应是 {'、'.join(PERIODS)} 之一", line=entries.lines["period"])
        return None
    for name in entries.get("refs", {}):
        if name not in KINDS:
            source.fail(f"refs 里不认识 {name},可用 {'、'.join(KINDS)}", line=entries.lines["refs"])
    eligible = (
        expression(source, entries, "eligible", entries["subject"], vocabulary)
        if "eligible" in entries
        else None
    )
    amount = (
        expression(source, entries, "amount", "benefit", vocabulary, MONEY) if "amount" in entries else None
    )
    if ("eligible" in entries and eligible is None) or ("amount" in entries and amount is None):
        return None
    table = vocabulary.terms.table(entries["subject"])
    since, until = in_force(source, entries)
    return Programme(
        id=entries["id"],
        name=entries["name"],
        department=entries["department"],
        subject=entries["subject"],
        period=entries["period"],
        eligible=eligible,
        eligible_text=entries.get("eligible", "").strip(),
        amount=amount,
        since=since,
        until=until,
        verified=entries.get("verified", True),
        refs={name: texts(value) for name, value in entries.get("refs", {}).items()},
        basis=entries["basis"],
        examples=load_examples(
            source,
            entries.get("examples", []),
            table,
            vocabulary.terms,
            ("entitled", "not_entitled", "unknown"),
        ),
        file=source.file,
        line=entries.lines.get("eligible", 1),
        unit=entries.get("unit", ""),
    )


def _checks(
    source: Source, entries: Entries, programme: Programme, vocabulary: Vocabulary
) -> Iterator[Check]:
    skipped = set(entries.get("skip", ()))
    focus: Mapping[str, list[str]] = entries.get("focus", {})
    for draft in _drafts(entries, programme):
        if draft.kind in skipped:
            continue
        fields = vocabulary.terms.table(draft.subject).fields
        marked = tuple(focus.get(draft.kind, _FOCUS.get(draft.kind, ())))
        for name in marked:
            if name not in fields:
                source.fail(f"focus 里的 {name} 不是 {draft.subject} 的字段", entries)
        yield Check(
            id=f"{programme.id}.{draft.kind}",
            name=f"{draft.title}:{programme.name}",
            subject=draft.subject,
            severity="error" if programme.verified and draft.severity == "error" else "suspicion",
            when=parse(draft.text, draft.subject, vocabulary),
            text=draft.text,
            refs=programme.refs.get(draft.kind, ()),
            codes=(),
            since=programme.since,
            until=programme.until,
            focus=marked,
            missing_passes=draft.kind in ("paid_after_death", "wrong_amount"),
            department=programme.department,
            rectify=draft.rectify,
            basis=programme.basis,
            examples=(),
            file=source.file,
            line=programme.line,
            programme=programme.id,
        )


def _drafts(entries: Entries, programme: Programme) -> Iterator[_Draft]:
    mine = f'"{programme.id}"'
    within = entries.get("within_months", _WITHIN.get(programme.period))
    recent = "" if within is None else f" and b.period_to >= add_months(month_of(as_of), -{within})"
    received = f"any(b.programme == {mine}{recent} for b in benefits)"
    if programme.eligible is not None:
        yield _Draft(
            "entitled_not_received",
            "应享未享",
            programme.subject,
            f"({programme.eligible_text}) and not {received}",
            f"核实是否符合{programme.name}条件;符合的尽快申报发放,不符合的更正基础信息",
            "suspicion",
        )
        yield _Draft(
            "received_not_entitled",
            "违规享受",
            programme.subject,
            f"not ({programme.eligible_text}) and {received}",
            f"核实享受{programme.name}的条件;不符合的停发并按规定追回,基础信息有误的更正",
            "suspicion",
        )
    yield _Draft(
        "paid_twice",
        "重复享受",
        "benefit",
        f"programme == {mine} and any(o.row_key < row_key for o in same_payment)",
        "核对发放明细,属重复发放的追回",
    )
    if programme.amount is not None:
        yield _Draft(
            "wrong_amount",
            "标准不符",
            "benefit",
            f"programme == {mine} and abs(amount - ({entries['amount'].strip()})) > 0.5",
            "按标准和数量重新计算,多发的追回,少发的补发",
        )
    paid = "period_to" if programme.period == "month" else "period_from"
    yield _Draft(
        "paid_after_death",
        "死亡后仍享受",
        "benefit",
        f"programme == {mine} and {paid} > month_of(death.died_on)",
        "核实死亡日期和发放月份,停发并追回死亡次月起发放的资金,及时办理自然减少",
    )
    if entries.get("incompatible"):
        others = ", ".join(f'"{name}"' for name in entries["incompatible"])
        yield _Draft(
            "incompatible",
            "不得同享",
            "benefit",
            f"programme == {mine} and any(o.programme in {{{others}}} for o in same_period)",
            "核实应享受的项目,停发并追回不应享受的一项",
        )
