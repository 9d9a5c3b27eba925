"""Why something of a task was not done; nothing was written then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.terms.errors import UserError


class NoSuchTask(UserError):
    """There is none, or none that the reader may know of: the same words for both."""

    def __init__(self) -> None:
        super().__init__("没有这个任务")


class NotPossible(UserError):
    """The task's state does not allow the step."""


class NotAllowed(UserError):
    """Somebody else has to take the step."""


class Wrong(UserError):
    """What was filled in: `fields` has, for each field, what was found and what is expected."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(self.fields.values()))


class Changed(UserError):
    """Somebody else was faster: `since` tells what happened after what the reader saw."""

    def __init__(self, issue_no: str, since: Sequence[str]) -> None:
        self.since = tuple(since)
        listed = "".join(f"\n  {line}" for line in self.since)
        super().__init__(
            f"任务 {issue_no} 在您打开以后有人办理过，您的这一次没有保存。请看过最新情况再办：{listed}"
        )


@dataclass(frozen=True)
class Moved:
    """A proposed correction whose value in the register is not the one that it was to replace."""

    correction: int
    label: str
    seen: str
    now: str
    new: str


class ValuesMoved(UserError):
    """The verifier has to decide for each of `moved` whether it is written all the same."""

    def __init__(self, moved: Sequence[Moved]) -> None:
        self.moved = tuple(moved)
        listed = "".join(
            f"\n  {item.label}：提出时是“{item.seen}”，现在是“{item.now}”，要更正为“{item.new}”"
            for item in self.moved
        )
        super().__init__(f"提出更正以后，台账里的值又变了，请逐项决定是否仍按提出的更正：{listed}")
