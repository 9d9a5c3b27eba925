"""The one table of how a task moves: each step, from which states, to which, by whose right, and who may not.

Nobody verifies or closes what they answered themselves (自己不能给自己销号).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OPENED, WORKING, ANSWERED, VERIFIED, CLOSED, SENT_BACK = (
    "待整改",
    "整改中",
    "已整改",
    "已验收",
    "已销号",
    "已退回",
)
STATES = (OPENED, WORKING, ANSWERED, VERIFIED, CLOSED, SENT_BACK)
OPEN_STATES = tuple(state for state in STATES if state != CLOSED)
TO_DO = (OPENED, WORKING, SENT_BACK)
"""Where the village or department has the ball."""


@dataclass(frozen=True)
class Step:
    """`to` None leaves the state as it is. `barred` says who may not take it: answerers, others than they, the assignee."""

    id: str
    label: str
    event: str
    from_states: tuple[str, ...]
    to: str | None
    right: str
    barred: str = ""


STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step("acknowledge", "签收", "签收", (OPENED, SENT_BACK), WORKING, "task.answer"),
        Step("progress", "报进展", "进展", TO_DO, WORKING, "task.answer"),
        Step("answer", "答复", "答复", TO_DO, ANSWERED, "task.answer"),
        Step("withdraw", "撤回答复", "撤回答复", (ANSWERED,), WORKING, "task.answer", "others"),
        Step("attach", "补充佐证", "补充佐证", (*TO_DO, ANSWERED), None, "task.answer"),
        Step("detach", "撤下佐证", "撤下佐证", (*TO_DO, ANSWERED), None, "task.answer"),
        Step("verify", "核实通过", "核实通过", (ANSWERED,), VERIFIED, "task.verify", "answerers"),
        Step("send_back", "退回", "退回", (ANSWERED, VERIFIED), SENT_BACK, "task.verify", "answerers"),
        Step("close", "销号", "销号", (VERIFIED,), CLOSED, "task.verify", "answerers"),
        Step("reopen", "重开", "重开", (CLOSED,), OPENED, "task.verify"),
        Step("recheck", "登记现场复核", "复核", (CLOSED,), None, "task.verify", "answerers"),
        Step("reassign", "改派", "改派", OPEN_STATES, None, "task.open"),
        Step("extend", "延期", "延期", OPEN_STATES, None, "task.open", "assignee"),
        Step("note_siblings", "登记举一反三", "举一反三", STATES, None, "task.open"),
    )
}


def possible(state: str) -> tuple[Step, ...]:
    """The steps that a task in this state can take, whoever takes them."""
    return tuple(step for step in STEPS.values() if state in step.from_states)


def refusal(step: Step, state: str) -> str | None:
    """Why the step cannot be taken from the state, with what can; None where it can."""
    if state in step.from_states:
        return None
    ways = "、".join(item.label for item in possible(state))
    return f"任务现在是“{state}”，不能{step.label}；现在可以：{ways}"
