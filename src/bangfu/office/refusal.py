"""What the register refuses, with every reason at once."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.terms.errors import UserError

SHOWN = 50


@dataclass(frozen=True)
class Reason:
    """Why a row is refused; `row` is its place in what was given, so that the caller can say which line it was."""

    row: int
    message: str


class Refused(UserError):
    """Nothing was written; `reasons` has every row that cannot be."""

    def __init__(self, what: str, reasons: list[Reason]) -> None:
        self.reasons = reasons
        listed = "".join(f"\n  第 {reason.row + 1} 项:{reason.message}" for reason in reasons[:SHOWN])
        more = f"\n  ……共 {len(reasons)} 项" if len(reasons) > SHOWN else ""
        super().__init__(f"{what}有不能成立的内容,没有写入:{listed}{more}")


def refuse(what: str, reasons: list[Reason]) -> None:
    """Raises Refused where there is a reason to."""
    if reasons:
        raise Refused(what, sorted(reasons, key=lambda reason: reason.row))
