"""Answers to what a file asked: the person has left, is still here, or has moved into the household of the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.db.models import Count, QuerySet

from bangfu.intake.batches import STATES, fact_models
from bangfu.intake.models import Batch, Question, Source
from bangfu.intake.rulebook import codelists
from bangfu.intake.standing import GONE, MOVED, STILL_HERE
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.writing import Source as From
from bangfu.office.journal.writing import transaction
from bangfu.policy.language.errors import did_you_mean
from bangfu.registry import actions, queries
from bangfu.registry.actions import Join, Leave
from bangfu.terms.errors import UserError

Say = Callable[[str], None]
WORDS = {"left": "已减少", STILL_HERE: "仍在户", "moved_in": "已迁入"}


def open_questions(batch: int | None = None) -> list[Question]:
    """What waits for an answer, of one applied batch or of all, oldest first.

    A newer national export asks anew whatever is still to be asked: the questions of the one before are over. Lists of
    sources come village by village, and each keeps its own.
    """
    if batch is not None:
        _applied(batch)
    return list(_waiting(batch).order_by("pk"))


def waiting(*, batch: int | None = None, kind: str = "", after: int = 0, size: int = 50) -> list[Question]:
    """Some of what waits, of one batch or of all, oldest first; `after`: later than that question."""
    found = _waiting(batch).filter(pk__gt=after).select_related("batch").order_by("pk")
    return list((found.filter(kind=kind) if kind else found)[:size])


def waiting_by_kind(batch: int | None = None) -> dict[str, int]:
    """How many wait of each kind."""
    rows = _waiting(batch).values("kind").annotate(count=Count("pk")).order_by("kind")
    return dict(rows.values_list("kind", "count"))


def answered_lately(size: int = 20) -> list[Question]:
    """The latest answers, which can be taken back."""
    found = Question.objects.filter(state="answered", batch__state="applied").select_related("batch")
    return list(found.order_by("-answered_at")[:size])


def is_asked(number: int) -> bool:
    return Question.objects.filter(pk=number).exists()


def answer_left(number: int, on: int, reason: str, *, actor: str, say: Say = lambda message: None) -> None:
    """The person has left the household: the membership ends on a day (yyyymmdd), for a reason of the code list.

    UserError where nothing is open under the number or it is not about a person; Refused where the register refuses.
    """
    question, person = _of_person(number, (GONE, MOVED))
    known = codelists()["removed_reason"].all_labels
    if reason not in known:
        raise UserError(f"没有减少原因“{reason}”{did_you_mean(reason, known)}")
    with transaction(actor=actor, source=From("question", str(number)), reason=reason, say=say) as change:
        actions.leave(change, [Leave(person, on, reason)])
        _answered(question, "left", actor)


def answer_still_here(number: int, *, actor: str) -> None:
    """The person stays where the register has him: the question is not asked again while the answer stands."""
    question, _ = _of_person(number, (GONE, MOVED))
    _answered(question, STILL_HERE, actor)


def answer_moved_in(
    number: int, on: int | None = None, *, actor: str, say: Say = lambda message: None
) -> None:
    """The person leaves the old household and joins the file's on a day, where none is given on the day of the file."""
    question, person = _of_person(number, (MOVED,))
    day = on or question.batch.as_of
    home = queries.households_by_number([question.household_no]).get(question.household_no)
    if home is None or day is None:
        raise UserError(f"问题 {number} 说的户 {question.household_no} 不在台账里,不能迁入")
    with transaction(
        actor=actor, source=From("question", str(number)), reason=question.message, say=say
    ) as change:
        actions.leave(change, [Leave(person, day)])
        actions.join(change, [Join(person, home, day)])
        _answered(question, "moved_in", actor)


def take_back(number: int, *, actor: str, say: Say = lambda message: None) -> None:
    """The answer is none any more; what it wrote is undone. CannotUndo where later changes rest on it."""
    question = Question.objects.filter(pk=number, state="answered").first()
    if question is None:
        raise UserError(f"问题 {number} 没有答复过,没有可以撤回的")
    if question.answer == STILL_HERE:
        _reopened(question)
        return
    source = From("question", str(number))
    undo(source, fact_models(), actor=actor, say=say, also=lambda: _reopened(question))


def _waiting(batch: int | None) -> QuerySet[Question]:
    found = Question.objects.filter(state="open", batch__state="applied").exclude(batch__in=_overtaken())
    return found if batch is None else found.filter(batch_id=batch)


def _of_person(number: int, kinds: tuple[str, ...]) -> tuple[Question, int]:
    question = Question.objects.filter(pk=number).select_related("batch").first()
    if question is None:
        raise UserError(f"没有问题 {number}。用 bangfu questions 看有哪些")
    if question.state != "open":
        raise UserError(
            f"问题 {number} 已由 {question.answered_by} 答复:{WORDS[question.answer]}。要改先撤回:--take-back"
        )
    _applied(question.batch_id)
    if question.batch_id in _overtaken():
        raise UserError(f"问题 {number} 来自较早的表,后来又导入了新的:用 bangfu questions 看现在的问题")
    if question.kind not in kinds or question.row is None:
        raise UserError(
            f"问题 {number}({question.kind})不能这样答复,这样答复的只有:{'、'.join(kinds)}。"
            "请按它说的核实,改正原表后重新导入"
        )
    return question, question.row


def _applied(number: int) -> None:
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise UserError(f"没有批次 {number}")
    if batch.state != "applied":
        raise UserError(f"批次 {number} {STATES[batch.state]},它的问题现在不用答复")


def _overtaken() -> set[int]:
    """Batches of national exports after which a newer one of the same kind was applied."""
    rows = Source.objects.filter(kind__in=("register", "villages"), batch__state="applied")
    applied: dict[str, set[int]] = {}
    for layout, batch in rows.values_list("layout", "batch_id").distinct():
        applied.setdefault(layout, set()).add(batch)
    return {batch for numbers in applied.values() for batch in numbers - {max(numbers)}}


def _answered(question: Question, answer: str, actor: str) -> None:
    question.state, question.answer = "answered", answer
    question.answered_by, question.answered_at = actor, datetime.now(UTC)
    question.save()


def _reopened(question: Question) -> None:
    question.state, question.answer, question.answered_by = "open", "", ""
    question.answered_at = question.lapsed_by = None
    question.save()
