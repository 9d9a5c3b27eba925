"""Rows without a usable number: name with birth date, or name with village, where nobody else fits."""

from __future__ import annotations

from bangfu.linkage.choice import same_village
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Register
from bangfu.linkage.row import Row


def link_by_name(register: Register, row: Row) -> Outcome:
    """Of a vague number (masked or rounded beyond use) what is left must fit the person found."""
    namesakes = register.named(row.name) if row.name else ()
    lack = "没有号码" if row.number.kind == "none" else "号码残缺"
    if not namesakes:
        return Unmatched(f"{lack},在册没有叫“{row.written_name.strip()}”的人")
    fitting = [p for p in namesakes if row.number.fits(register.numbers[p])]
    if not fitting:
        return Unmatched(f"{lack},留下的数字与在册同名人员的号码不符", len(namesakes))
    if row.birth:
        born = [p for p in fitting if register.birth(p) == row.birth]
        return _by_birth(register, row, born, lack) if born else _not_born_then(register, row, fitting, lack)
    return _by_village(register, row, fitting, lack)


def _by_birth(register: Register, row: Row, born: list[int], lack: str) -> Outcome:
    here = [p for p in born if same_village(register, row, p)]
    chosen = here if len(born) > 1 else born
    if len(chosen) != 1:
        return Unmatched(f"{lack},同名且同日出生的在册有{len(born)}人", len(born))
    return Link(register.keys[chosen[0]], "name_birth", f"{lack},姓名、出生日期一致,在册仅此一人")


def _not_born_then(register: Register, row: Row, fitting: list[int], lack: str) -> Outcome:
    unknown = [p for p in fitting if register.birth(p) is None]
    if unknown:
        return _by_village(register, row, fitting, lack)
    return Unmatched(f"{lack},在册有同名人员,出生日期不同", len(fitting))


def _by_village(register: Register, row: Row, fitting: list[int], lack: str) -> Outcome:
    here = [p for p in fitting if same_village(register, row, p)]
    if row.village == "":
        return Unmatched(f"{lack},也没有写村,只凭姓名不能认定", len(fitting))
    if not here:
        return Unmatched(f"{lack},同名人员在别的村", len(fitting))
    if len(fitting) == 1:
        return Link(register.keys[here[0]], "name_village", f"{lack},凭姓名和村认定,在册仅此一人同名,请核对")
    housed = [p for p in here if row.head and register.head(p) == row.head]
    if len(housed) == 1:
        return Link(register.keys[housed[0]], "name_village", f"{lack},凭姓名、村和户主姓名认定,请核对")
    return Unmatched(f"{lack},在册同名的有{len(fitting)}人,分不清是哪一人", len(fitting))
