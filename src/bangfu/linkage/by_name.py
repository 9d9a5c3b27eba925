"""Rows without a usable number: name with birth date, or name with village, where nobody else fits."""

from __future__ import annotations

from bangfu.linkage.choice import same_village
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Register
from bangfu.linkage.row import Row
from bangfu.terms.id_number import birth_of, checksum_ok

_TEMPORARY = "999999"


def link_by_name(register: Register, row: Row) -> Outcome:
    """Of a vague number (masked or rounded beyond use) what is left must fit the person found."""
    namesakes = register.named(row.name) if row.name else ()
    lack = "没有号码" if row.number.kind == "none" else "号码残缺"
    if not namesakes:
        return Unmatched(f"{lack},在册没有叫“{row.written_name.strip()}”的人", is_doubtful=False)
    fitting = [p for p in namesakes if row.number.fits(register.numbers[p])]
    if not fitting:
        return Unmatched(f"{lack},留下的数字与在册同名人员的号码不符", len(namesakes))
    if row.birth:
        born = [p for p in fitting if register.birth(p) == row.birth]
        return _by_birth(register, row, born, lack) if born else _not_born_then(register, row, fitting, lack)
    return _by_village(register, row, fitting, lack)


def link_badly_registered(register: Register, row: Row) -> Link | None:
    """For a number nobody has: the one person of this name, village and birth date without a proper number.

    New-born children are registered without a number or with a temporary one (999999...), others with one
    that cannot exist; such a number contradicts nothing.
    """
    born = birth_of(row.number.text)
    namesakes = [p for p in register.named(row.name) if same_village(register, row, p)]
    if born is None or not checksum_ok(row.number.text) or len(namesakes) != 1:
        return None
    person = namesakes[0]
    number = register.numbers[person]
    improper = number.startswith(_TEMPORARY) or not checksum_ok(number) or birth_of(number) is None
    if not improper or register.birth(person) != born:
        return None
    return Link(register.keys[person], "name_birth", "在册没有正式号码或号码有误,姓名、村、出生日期一致")


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
    return Unmatched(f"{lack},在册有同名人员,出生日期不同", len(fitting), is_doubtful=False)


def _by_village(register: Register, row: Row, fitting: list[int], lack: str) -> Outcome:
    here = [p for p in fitting if same_village(register, row, p)]
    if row.village == "":
        return Unmatched(f"{lack},也没有写村,只凭姓名不能认定", len(fitting))
    if not here:
        return Unmatched(f"{lack},同名人员在别的村", len(fitting), is_doubtful=False)
    if len(fitting) == 1:
        return Link(register.keys[here[0]], "name_village", f"{lack},凭姓名和村认定,在册仅此一人同名,请核对")
    housed = [p for p in here if row.head and register.head(p) == row.head]
    if len(housed) == 1:
        return Link(register.keys[housed[0]], "name_village", f"{lack},凭姓名、村和户主姓名认定,请核对")
    return Unmatched(f"{lack},在册同名的有{len(fitting)}人,分不清是哪一人", len(fitting))
