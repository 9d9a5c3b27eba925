"""Files and folders named by the user -> extracts, and a clear word on every file and sheet that gives none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bangfu.policy.model import Policy
from bangfu.spreadsheets.extract import Extract, Extractor
from bangfu.spreadsheets.grid import FileProblem, Grid, open_file
from bangfu.spreadsheets.layouts import Layout
from bangfu.spreadsheets.memory import give_back
from bangfu.spreadsheets.recognise import Recognised, recognise

_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".html", ".htm")
_OTHERS = (".xlsb", ".ods", ".mht", ".zip", ".rar", ".7z", ".doc", ".docx", ".wps", ".pdf")
SUFFIXES = frozenset((*_TABLES, *_OTHERS))
"""Files of a folder that an office means as lists, or may have meant: those that cannot be read are named."""

_EXPORTED = re.compile(
    r"(?:导出时间|数据截止|数据日期|统计时间|核[查对](?:时间|日期))[:：]\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})"
)
_DAYS = ("data_on", "said_on")


@dataclass
class Gathered:
    """What was read; `files` maps the name shown to the user to the file itself."""

    extracts: list[Extract] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)
    unrecognised: list[FileProblem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    as_of: int | None = None

    def stated_date(self) -> int | None:
        """The latest date that an export of the register states, in its title or its 数据日期 column.

        Where there is no export: the latest that a list of what sources say states.
        """
        national = [one for one in self.extracts if is_national(one.recognised.layout)]
        for extracts in (national, self.extracts):
            days = [day for extract in extracts for day in _dates(extract)]
            if days:
                return max(days)
        return None


def is_national(layout: Layout) -> bool:
    return layout.kind in ("register", "villages", "removals") or layout.id in ("work_away", "work_planned")


def is_dated(layout: Layout) -> bool:
    """Whether it says itself of which day it speaks."""
    return is_national(layout) or layout.kind == "sources"


def gather(
    paths: Sequence[Path],
    policy: Policy,
    layouts: Sequence[Layout],
    as_of: int | None,
    progress: Callable[[str], None],
) -> Gathered:
    """Reads every file; a file that cannot be read is a problem with its reason, never the end.

    Exports are extracted at once; lists wait for the date that the exports state, for many do not say their year.
    """
    gathered = Gathered()
    waiting: list[tuple[Grid, Recognised]] = []
    extractor = Extractor(policy.terms, policy.codelists, as_of // 10000 if as_of else None)
    for path, name in listed(paths):
        progress(name)
        gathered.files[name] = path
        waiting.extend(_read(path, name, gathered, extractor, layouts))
        give_back()
    gathered.as_of = as_of or gathered.stated_date()
    extractor.year = gathered.as_of // 10000 if gathered.as_of else None
    gathered.extracts.extend(extractor.extract(grid, recognised) for grid, recognised in waiting)
    return gathered


def _read(
    path: Path, name: str, gathered: Gathered, extractor: Extractor, layouts: Sequence[Layout]
) -> list[tuple[Grid, Recognised]]:
    """Reads one file into `gathered`; the sheets that have to wait."""
    grids, problems = open_file(path, name)
    gathered.problems.extend(problems)
    waiting = []
    for grid in grids:
        recognised = recognise(grid, layouts)
        if recognised is None:
            gathered.unrecognised.append(_unrecognised(grid))
        elif is_dated(recognised.layout):
            gathered.extracts.append(extractor.extract(grid, recognised))
        else:
            waiting.append((grid, recognised))
    return waiting


def _unrecognised(grid: Grid) -> FileProblem:
    return FileProblem(
        grid.file,
        f"工作表“{grid.sheet}”认不出是什么名单:前 10 行里没有找到已知表格的表头。"
        "请核对表头是否完整(姓名、身份证号等),或在规则库 layouts 中为它增加一种版式",
    )


def listed(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Every file with the name it is shown by: relative to the folder that was named."""
    for path in paths:
        if not path.is_dir():
            yield path, path.name
            continue
        for inner in sorted(path.rglob("*")):
            if (
                inner.is_file()
                and inner.suffix.lower() in SUFFIXES
                and not inner.name.startswith(("~$", "."))
            ):
                yield inner, inner.relative_to(path).as_posix()


def _dates(extract: Extract) -> Iterator[int]:
    found = _EXPORTED.search(extract.recognised.title)
    if found:
        yield int(found[1]) * 10000 + int(found[2]) * 100 + int(found[3])
    for emitted in extract.emitted:
        for name in (name for name in _DAYS if name in emitted.columns):
            yield from {day for day in emitted.columns[name].unique().to_pylist() if day}
