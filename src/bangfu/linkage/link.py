"""Finds the person meant by a row, strongest evidence first; evidence that contradicts ends the search."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.linkage.by_ends import link_cut, link_masked
from bangfu.linkage.by_name import link_badly_registered, link_by_name
from bangfu.linkage.by_number import SAME_NUMBER_AND_NAME, link_number, link_slipped
from bangfu.linkage.choice import same_village
from bangfu.linkage.names import name_key
from bangfu.linkage.numbers import is_credit_code, read_number
from bangfu.linkage.outcome import Link, Outcome, Unmatched
from bangfu.linkage.register import Register, columns_or_blank
from bangfu.linkage.row import Row
from bangfu.terms.id_number import Raw, checksum_ok


def link(
    register: Register,
    name: str,
    number: Raw,
    village: str | None = None,
    birth: int | None = None,
    head: str | None = None,
) -> Outcome:
    """The person of a row whose cells are given as they stand; `birth` is yyyymmdd, `head` the head's name.

    Without a name nobody is linked: a number alone is right in a third of the cases where names differ.
    """
    row = Row(
        written_name=name,
        name=name_key(name),
        number=read_number(number),
        village=register.places.key(village),
        birth=birth,
        head=name_key(head) if head else "",
    )
    if not row.name:
        return Unmatched("没有填写姓名,只凭号码不能认定")
    match row.number.kind:
        case "none" | "vague":
            return link_by_name(register, row)
        case "masked":
            return link_masked(register, row)
        case "cut":
            return link_cut(register, row)
        case "alien":
            found = link_number(register, row)
            why = f"“{row.number.text}”不是个人身份证号,或位数不对"
            return found or Unmatched(why, is_doubtful=not is_credit_code(row.number.text))
        case "whole" | "slipped":
            return _link_full(register, row)


def _link_full(register: Register, row: Row) -> Outcome:
    for look in (link_number, _link_zeroed, link_slipped, link_badly_registered):
        found = look(register, row)
        if found is not None:
            return found
    return _not_registered(register, row)


def _link_zeroed(register: Register, row: Row) -> Link | None:
    if not row.number.value:
        return None
    found = link_cut(register, row)
    return found if isinstance(found, Link) else None


def _not_registered(register: Register, row: Row) -> Unmatched:
    namesakes = register.named(row.name)
    here = [p for p in namesakes if same_village(register, row, p)]
    fault = "" if checksum_ok(row.number.text) else "(号码本身有误,校验不符)"
    if here:
        return Unmatched(f"号码不在册{fault};同村有同名人员,号码不同", len(here))
    return Unmatched(f"号码不在册{fault}", len(namesakes), is_doubtful=bool(fault))


def link_all(
    register: Register,
    names: Sequence[str],
    numbers: Sequence[Raw],
    villages: Sequence[str | None] | None = None,
    births: Sequence[int | None] | None = None,
    heads: Sequence[str | None] | None = None,
) -> list[Outcome]:
    """One outcome per row, in order; all columns given must be equally long."""
    rows = len(names)
    columns = zip(
        names,
        numbers,
        columns_or_blank(villages, rows),
        columns_or_blank(births, rows),
        columns_or_blank(heads, rows),
        strict=True,
    )
    by_number, twins = register.by_number, register.twins
    found: list[Outcome] = []
    for name, number, village, birth, head in columns:
        # Nine rows of ten are clean; they must not pay for the others.
        person = by_number.get(number) if type(number) is str else None
        if person is not None and number not in twins and register.written_names[person] == name:
            found.append(Link(register.keys[person], "number", SAME_NUMBER_AND_NAME))
        else:
            found.append(link(register, name, number, village, birth, head))
    return found
