"""How far a paper reaches: everything that the maker's right reaches, or one village of it, or one household."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bangfu.office.home import this_home
from bangfu.office.queries import division_name
from bangfu.registry.queries import villages_by_code, villages_in
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.queries.reach import villages_of
from bangfu.terms.errors import UserError

Keys = Sequence[int] | None
"""Of villages; None: of the whole home."""


def in_villages(scope: Scope, villages: Collection[int] | None) -> Scope:
    """What of the scope lies in these villages."""
    if villages is None:
        return scope
    wanted = frozenset(villages)
    return Scope(
        tuple(
            replace(part, villages=wanted if part.villages is None else part.villages & wanted)
            for part in scope.parts
        )
    )


def asked_villages(scope: Scope, village: int | None) -> Keys:
    """Those of one village, or all that the scope reaches whole. UserError where it reaches none, or not that one."""
    if village is None:
        reached = villages_of(scope)
        if reached is not None and not reached:
            raise UserError("您的账号没有管到整个村,不能写材料")
        return None if reached is None else sorted(key for key in reached if key is not None)
    if village not in villages_in(scope):
        raise UserError("没有这个村,或者不在您的范围里")
    return [village]


def is_of_villages(scope: Scope) -> bool:
    """Whether the scope reaches any village whole."""
    reached = villages_of(scope)
    return reached is None or bool(reached)


def is_reached(scope: Scope, villages: Keys, households: Keys = None) -> bool:
    """Whether all that a paper is of lies in the scope."""
    if scope.is_everything:
        return True
    if villages is None:
        return False
    if households is None:
        return all(scope.has(village=key) for key in villages)
    return all(_has_household(scope, frozenset(villages), key) for key in households)


def _has_household(scope: Scope, villages: frozenset[int], household: int) -> bool:
    return any(
        part.departments is None
        and (part.villages is None or villages <= part.villages)
        and (part.households is None or household in part.households)
        for part in scope.parts
    )


def area_in_words(villages: Keys) -> str:
    """全镇 as its name, villages by theirs; never a household."""
    if villages is None:
        return division_name(this_home().place)
    names = villages_in(EVERYTHING)
    return "、".join(names.get(key, "") for key in villages)


def place_of(villages: Keys) -> str:
    """The division that the paper's job works on, so that who is responsible for it sees the job."""
    codes = {key: code for code, key in villages_by_code().items()}
    if villages is None or len(villages) != 1:
        return this_home().place
    return codes.get(villages[0], this_home().place)
