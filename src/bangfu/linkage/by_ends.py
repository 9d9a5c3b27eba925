"""Numbers of which only the ends are left: masked for publication, or cut to fifteen digits by Excel."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.linkage.choice import (
    Candidate,
    agreeing,
    has_namesake_nearby,
    other_village,
    same_village,
    strongest,
)
from bangfu.linkage.names import WORDS
from bangfu.linkage.numbers import may_have_become
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Register
from bangfu.linkage.row import Row

_MASKED = "号码前后可见部分相符"
_CUT = "号码后几位被Excel改动,其余位数相符"


def link_masked(register: Register, row: Row) -> Outcome:
    number = row.number
    pool = [p for p in register.ending(number.suffix[-4:]) if number.fits(register.numbers[p])]
    found = _choose(register, row, pool)
    if isinstance(found, Unmatched):
        return Unmatched(f"号码有隐去的位数,{found.reason}", found.candidates, found.is_doubtful)
    return Link(register.keys[found.person], "number_masked", _reason(register, row, found, _MASKED))


def link_cut(register: Register, row: Row) -> Outcome:
    found = _choose(register, row, _before_cut(register, row.number.value))
    if isinstance(found, Unmatched):
        return Unmatched(f"号码后几位被Excel改动,{found.reason}", found.candidates, found.is_doubtful)
    return Link(register.keys[found.person], "number_truncated", _reason(register, row, found, _CUT))


def _before_cut(register: Register, value: int) -> list[int]:
    # Rounding may have raised the fifteenth digit, or a float's grain lowered it.
    firsts = (str(value // 1000 + step) for step in (-1, 0, 1))
    pool = (person for first15 in firsts for person in register.starting(first15))
    return [person for person in pool if may_have_become(register.numbers[person], value)]


def _choose(register: Register, row: Row, pool: Iterable[int]) -> Candidate | Unmatched:
    pool = list(pool)
    if not pool:
        return Unmatched("其余部分相符的人不在册", is_doubtful=False)
    named = agreeing(register, row, pool)
    if not named:
        return Unmatched("其余部分相符的在册人员姓名都不同", len(pool))
    here = [c for c in named if not other_village(register, row, c.person)]
    if not here:
        return Unmatched("其余部分和姓名相符的在册人员在别的村", len(named))
    chosen = strongest(register, row, here)
    if len(chosen) > 1:
        return Unmatched(f"其余部分和姓名相符的在册有{len(chosen)}人", len(chosen))
    if _is_too_weak(register, row, chosen[0]):
        return Unmatched("其余部分相符的在册人员姓名只是相近,请人工核对", 1)
    return chosen[0]


def _is_too_weak(register: Register, row: Row, candidate: Candidate) -> bool:
    """Whether the name leaves room for a brother: twins share the first digits, village and part of it."""
    if candidate.names == "equal":
        return False
    if has_namesake_nearby(register, row, candidate.person):
        return True
    if candidate.names == "sound":
        return False
    return (
        candidate.names == "masked" or len(row.name) < 3 or not same_village(register, row, candidate.person)
    )


def _reason(register: Register, row: Row, candidate: Candidate, number: str) -> str:
    village = "、村一致" if same_village(register, row, candidate.person) else ""
    name = WORDS[candidate.names]
    registered = register.written_names[candidate.person].strip()
    written = "" if candidate.names == "equal" else f"(在册为“{registered}”)"
    return f"{number},{name}{village}{written}"
