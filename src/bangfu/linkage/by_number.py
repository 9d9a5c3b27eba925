"""Rows with a number to look up: as it stands, or with one slip of the pen."""

from __future__ import annotations

from bangfu.linkage.choice import agreeing, has_namesake_nearby, list_names, strongest
from bangfu.linkage.names import WORDS
from bangfu.linkage.numbers import one_slip_apart
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Register
from bangfu.linkage.row import Row

SAME_NUMBER_AND_NAME = "号码相同,姓名一致"


def link_number(register: Register, row: Row) -> Outcome | None:
    """None when nobody has the number. Where its bearer has another name, it is a relative's, and no link."""
    bearers = register.with_number(row.number.text)
    if not bearers:
        return None
    candidates = agreeing(register, row, bearers)
    if not candidates:
        listed = list_names(register, bearers)
        reason = f"号码相同姓名不同:名单为“{row.written_name.strip()}”,在册为“{listed}”"
        return Unmatched(reason, len(bearers))
    chosen = strongest(register, row, candidates)
    if len(chosen) > 1:
        return Unmatched(f"在册有{len(chosen)}人用同一号码且姓名相符,分不清是哪一人", len(chosen))
    person, names = chosen[0]
    if names == "equal":
        return Link(register.keys[person], "number", SAME_NUMBER_AND_NAME)
    bearer = register.written_names[person].strip()
    if has_namesake_nearby(register, row, person):
        reason = f"号码相同姓名不同:号码是“{bearer}”的,同户或同村另有“{row.written_name.strip()}”"
        return Unmatched(reason, 2)
    return Link(register.keys[person], "number_similar_name", f"号码相同,{WORDS[names]}(在册为“{bearer}”)")


def link_slipped(register: Register, row: Row) -> Outcome | None:
    """None when nobody of that name (and village) has a number one slip away.

    No check digit is asked: of two numbers one slip apart one at most satisfies it, whichever side slipped.
    """
    pool = register.sounding(row.name, row.village) if row.village else register.named(row.name)
    close = [p for p in pool if one_slip_apart(row.number.text, register.numbers[p])]
    if not close:
        return None
    if len(close) > 1:
        return Unmatched(f"号码差一位而姓名相符的在册有{len(close)}人,分不清是哪一人", len(close))
    agreed = "姓名和村一致" if row.village else "姓名一致(名单未写村)"
    if register.names[close[0]] != row.name:
        agreed = f"姓名同音(在册为“{register.written_names[close[0]].strip()}”)、村一致"
    return Link(register.keys[close[0]], "number_repaired", f"号码差一位或颠倒,{agreed}")
