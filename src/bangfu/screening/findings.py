"""A run's hits -> findings that say whom they are about, why, and in which cells it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bangfu.engine.evidence import EvidenceRow, evidence
from bangfu.engine.explain import Explainer
from bangfu.engine.requirements import rests_on_unverified
from bangfu.engine.run import Hit, Run
from bangfu.engine.wording import Wording, shown
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import SCALE, unscaled
from bangfu.policy.model import Check, Policy
from bangfu.screening.cells import SourceCell, Sources
from bangfu.screening.facts import Facts
from bangfu.screening.subjects import NamedRows, Subject, Subjects


@dataclass(frozen=True)
class StandardUsed:
    id: str
    name: str
    value: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Finding:
    check: Check
    severity: str
    is_finding: bool
    subject: Subject
    values: Mapping[str, Any]
    standards: tuple[StandardUsed, ...]
    explanation: str
    sources: tuple[SourceCell, ...]
    row: int = 0  # its row in the subject's table


class Answered(Protocol):
    """What checks answered, of a whole register or of one household."""

    policy: Policy
    as_of: int
    place: str

    @property
    def checks(self) -> Sequence[Check]: ...

    def nodes_of(self, check: Check) -> tuple[n.Node, ...]: ...

    def hits(self, check: Check) -> Iterator[Hit]: ...

    def counts(self, check: Check) -> tuple[int, int]: ...


class Origins(Protocol):
    """Where rows come from; `overlays` as those of Facts."""

    @property
    def sources(self) -> Sources: ...

    @property
    def overlays(self) -> Mapping[str, Mapping[str, tuple[int, Mapping[int, int]]]]: ...


def findings(run: Run, facts: Facts, unknowns: bool = True) -> Iterator[Finding]:
    """Every finding, and every unknown where asked, check by check."""
    subjects = Subjects(NamedRows(run).at, facts.village)
    yield from told(run, partial(evidence, run), subjects, facts, unknowns)


def told(
    answered: Answered,
    rows_behind: Callable[[Check], Iterable[EvidenceRow]],
    subjects: Subjects,
    origins: Origins,
    unknowns: bool,
) -> Iterator[Finding]:
    """The findings of what answered, whoever asked."""
    maker = _Maker(answered, rows_behind, subjects, origins)
    for check in answered.checks:
        found, unknown = answered.counts(check)
        if found or (unknown and unknowns):
            yield from maker.of(check, found > 0, unknowns)


class _Maker:
    def __init__(
        self,
        run: Answered,
        rows_behind: Callable[[Check], Iterable[EvidenceRow]],
        subjects: Subjects,
        origins: Origins,
    ) -> None:
        self.run = run
        self.rows_behind = rows_behind
        self.subjects = subjects
        self.origins = origins
        self.explainer = Explainer(run.policy, run.as_of, run.place)
        self.wording = Wording(run.policy, run.as_of, run.place)

    def of(self, check: Check, has_findings: bool, unknowns: bool) -> Iterator[Finding]:
        rows: dict[int, list[EvidenceRow]] = {}
        for row in self.rows_behind(check) if has_findings else ():
            rows.setdefault(row.subject, []).append(row)
        nodes = self.run.nodes_of(check)
        unverified = rests_on_unverified(check, self.run.policy, self.run.as_of, self.run.place)
        severity = "suspicion" if unverified and check.severity == "error" else check.severity
        standards = tuple(self.standards(check))
        note = f"(标准“{'、'.join(unverified)}”未经核实,只作疑点)" if unverified else ""
        for hit in self.run.hits(check):
            if not hit.is_finding and not unknowns:
                continue
            known = dict(zip(nodes, hit.values, strict=True))
            explain = self.explainer.finding if hit.is_finding else self.explainer.unknown
            part = self.subjects.part(check.subject, hit.row_key)
            yield Finding(
                check,
                severity,
                hit.is_finding,
                self.subjects.of(check.subject, hit.row_key),
                dict(self.values(known)),
                standards,
                (f"{part}:" if part else "") + explain(check, known) + (note if hit.is_finding else ""),
                self.sources(check, hit.row_key, rows.get(hit.row_key, ())),
                hit.row_key,
            )

    def values(self, known: Mapping[n.Node, Any]) -> Iterator[tuple[str, Any]]:
        for node, value in known.items():
            if isinstance(node, n.FieldRef):
                yield ".".join((*node.path, node.field)), plain_value(value, node.kind.kind)
            else:
                yield self.wording.name(node), plain_value(value, node.type.kind)

    def standards(self, check: Check) -> Iterator[StandardUsed]:
        for node in dict.fromkeys(x for x in n.walk(check.when) if isinstance(x, n.Standard)):
            standard = self.run.policy.standards[node.id]
            found = standard.at(self.run.as_of, self.run.place)
            if found is not None:
                unit = self.wording.unit(node)
                text = shown(found.value, standard.type.kind, unit, exact=False)
                yield StandardUsed(standard.id, standard.name, text, found.source, found.verified)

    def sources(self, check: Check, subject: int, rows: Iterable[EvidenceRow]) -> tuple[SourceCell, ...]:
        cells: list[SourceCell] = []
        rows = list(rows)
        if not rows:
            own = self.subjects.own_row(check.subject, subject)
            rows = [own] if own is not None else []
        for row in rows:
            cells.extend(self.cells(row))
        return tuple(dict.fromkeys(cells))

    def cells(self, row: EvidenceRow) -> Iterator[SourceCell]:
        """The cells of a row's fields, or the name in it where none of them stands in the sheet."""
        read = dict(zip(row.fields, row.values, strict=True))
        found = [cell for name in row.fields if (cell := self.cell(row, name, read[name])) is not None]
        if not found:
            names = ("full_name", "project_name", "village_name")
            found = [cell for name in names if (cell := self.cell(row, name, None))]
        yield from found[: max(1, len(row.fields))]

    def cell(self, row: EvidenceRow, name: str, held: Any) -> SourceCell | None:
        src, src_row = row.src, row.src_row
        overlay = self.origins.overlays.get(row.table, {}).get(name)
        if overlay is not None:
            src, rows = overlay
            if row.row_key not in rows:
                return None
            src_row = rows[row.row_key]
        return self.origins.sources.cell(src, src_row, row.table, name, held)


def plain_value(value: Any, kind: str) -> Any:
    """A value for programs: numbers in their unit, dates as text."""
    if value is None or kind == "bool":
        return value
    if kind in SCALE:
        number = unscaled(value, kind)
        return int(number) if kind == "integer" else float(number)
    if kind in ("date", "month"):
        text = str(value)
        return "-".join((text[:4], text[4:6], text[6:])).rstrip("-")
    return [label for label in value.split(",") if label] if kind == "codes" else value
