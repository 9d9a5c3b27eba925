"""The page of one task: what, who, when, what was done about it, and the forms of what this reader can do now."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import render

from bangfu.casework import queries
from bangfu.casework.actions.answering import MOST_FILES
from bangfu.casework.actions.verifying import CONCLUSIONS, WAYS
from bangfu.casework.corrections import WAITING
from bangfu.casework.deadlines import LONGEST_DAYS, later
from bangfu.casework.evidence_files import LIMIT, KeptFile
from bangfu.casework.jobs import SIBLINGS_OF
from bangfu.casework.queries import TaskDetail, TaskFilter, TaskLine
from bangfu.casework.queries.detail import Correction
from bangfu.casework.refusals import Moved
from bangfu.casework.steps import ANSWERED, STEPS, TO_DO
from bangfu.findings.jobs import CHECK
from bangfu.jobs.queries import Seen, job, waiting_job
from bangfu.office.words import day_in_words
from bangfu.web.request import Request
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.correctable import PREFIX, Block, Place, block, filled, places, suggested
from bangfu.web.tasks.files import Carried, carry
from bangfu.web.tasks.people import officers

MAIN = ("answer", "verify", "close", "recheck")
"""The steps whose form stands open on the page, the first that can be taken."""
OTHERS = ("answer", "attach", "send_back", "reopen", "reassign", "extend", "note_siblings")
"""The steps whose forms are folded below it."""
SHOWN_SIBLINGS = 5


@dataclass(frozen=True)
class Refused:
    """A form that was not taken: what was typed, what is wrong with it, what has happened meanwhile."""

    step: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    told: str = ""
    since: Sequence[str] = ()
    moved: Sequence[Moved] = ()
    files: Sequence[KeptFile] = ()


NOTHING = Refused()


def show(
    request: Request, task: int, *, opened: str = "", refused: Refused = NOTHING, status: int = 200
) -> HttpResponse:
    """The page of a task; 404 for one that is not there or not in reach."""
    hand = hand_of(request)
    detail = queries.task_detail(reach(request), task, hand)
    if detail is None:
        raise Http404
    page = TaskPage(request, detail, hand.day, opened, refused)
    shown = {"section": "tasks", "page": page, "reveals": request.reader.may("personal.reveal")}
    answer = render(request, "web/tasks/task.html", shown, status=status)
    if status != 200:
        answer["HX-Push-Url"] = "false"  # the address stays that of the page
    return answer


@dataclass(frozen=True)
class Sent:
    """What stands in a form of the page again: only in the one that was not taken."""

    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


class SentForms(dict[str, Sent]):
    """By form; nothing in those that were not sent."""

    def __missing__(self, form: str) -> Sent:
        return Sent()


@dataclass(frozen=True)
class OtherStep:
    """A folded form."""

    id: str
    label: str
    sent: Sent

    @property
    def template(self) -> str:
        return f"web/tasks/steps/{self.id}.html"


@dataclass
class TaskPage:
    """What the templates ask for; lists that few pages need are read when they are asked for."""

    request: Request
    detail: TaskDetail
    day: int
    opened: str
    refused: Refused

    def __post_init__(self) -> None:
        self.once = secrets.token_hex(8) if not self.typed.get("once") else self.typed["once"]
        self.ways, self.conclusions, self.yes_no = WAYS, CONCLUSIONS, (("no", "没有"), ("yes", "有"))
        self.most_files, self.most_megabytes, self.limit = MOST_FILES, LIMIT // 1024 // 1024, LIMIT
        self.may = {step.id: step.why_not is None for step in self.detail.steps}
        barred = [step for step in self.detail.steps if step.why_not is not None]
        self.barred = [step for step in barred if step.id in MAIN]

    @property
    def task(self) -> TaskLine:
        return self.detail.task

    @property
    def typed(self) -> Mapping[str, str]:
        return self.refused.typed

    @property
    def wrong(self) -> Mapping[str, str]:
        return self.refused.wrong

    @property
    def main(self) -> str:
        """The step whose form stands open."""
        if self.refused.step in MAIN and self.may.get(self.refused.step):
            return self.refused.step
        if self.refused.step == "progress" and self.may.get("answer"):
            return "answer"
        if self.refused.step == "send_back" and self.may.get("verify"):
            return "verify"
        if self.opened in MAIN and self.may.get(self.opened):
            return self.opened
        return next((step for step in MAIN if self.may.get(step) and not self._is_for_others(step)), "")

    def _is_for_others(self, step: str) -> bool:
        """Answering is for the assignee and the village; an office that can answer for them has it folded."""
        reader = self.request.reader
        return step == "answer" and reader.may("task.verify") and self.task.assignee != reader.username

    @property
    def sent(self) -> SentForms:
        shared = {"progress": "answer", "send_back": "verify"}
        forms = {self.refused.step, shared.get(self.refused.step, self.refused.step)}
        return SentForms({form: Sent(self.typed, self.wrong) for form in forms})

    @property
    def others(self) -> list[OtherStep]:
        """Sending back belongs to verifying while that can be done; taking back only before anybody has worked on it."""
        aside = {
            self.main,
            "send_back" if self.main == "verify" else "",
            "attach" if self.may.get("answer") else "",
        }
        folded = [name for name in OTHERS if self.may.get(name) and name not in aside]
        found = [OtherStep(name, STEPS[name].label, self.sent[name]) for name in folded]
        if self.task.revision == 1 and self.may.get("reassign"):
            found.append(OtherStep("take_back", "撤回派发", self.sent["take_back"]))
        return found

    @property
    def lost(self) -> list[tuple[str, str]]:
        """What was typed into a form that is not on the page any more: to be copied."""
        if not self.refused.step or self.may.get(self.refused.step):
            return []
        names = {"measure": "整改措施", "effect": "整改成效", "reason": "理由", "text": "内容"}
        more = {"people": "见人", "found": "见事", "discipline_note": "见纪律"}
        listed = ((label, self.typed.get(name, "")) for name, label in {**names, **more}.items())
        return [(label, text) for label, text in listed if text.strip()]

    @property
    def is_to_do(self) -> bool:
        return self.task.state in TO_DO

    @property
    def waits_for(self) -> str:
        """Whose turn it is, where it is not the reader's."""
        if self.main or not self.task.is_open:
            return ""
        if self.is_to_do:
            who = self.task.responsible_person or self.task.responsible_unit
            return f"现在等{who}答复。" if who else "还没有责任人，请先改派。"
        return "已答复，等别人核实。" if self.task.state == ANSWERED else "已验收，等别人销号。"

    @property
    def today(self) -> str:
        return day_in_words(self.day)

    @property
    def last_day(self) -> str:
        """The latest deadline that may be set."""
        return day_in_words(later(self.day, LONGEST_DAYS))

    @property
    def waiting(self) -> list[Correction]:
        return [one for one in self.detail.corrections if one.state == WAITING]

    @property
    def settled(self) -> list[Correction]:
        return [one for one in self.detail.corrections if one.state != WAITING]

    @property
    def moved(self) -> list[Correction]:
        """Proposed corrections for which the verifier has to decide."""
        return [one for one in self.waiting if one.is_moved]

    @property
    def carried(self) -> list[Carried]:
        return carry(self.refused.files, self.task.id, self.request.reader.username)

    @property
    def mine(self) -> set[int]:
        """Evidence that the reader may take away again."""
        username = self.request.reader.username
        return {one.id for one in self.detail.evidence if one.username == username and self.may.get("detach")}

    @property
    def typed_blocks(self) -> list[Block]:
        """Of a form that was not taken: the fields that stood in it, with what was typed, row by row."""
        if not self.typed:
            return []
        blocks = {one.place.key: one for one in self.suggested}
        for place in self.places:
            known = {one.field.name for one in blocks[place.key].fields} if place.key in blocks else set()
            more = [name for name in self._typed_fields(place) if name not in known]
            if more:
                found = block(place, self.day, sees_all=self.sees_all, names=[*known, *more])
                blocks[place.key] = found
        return [filled(one, self.typed, self.wrong) for one in blocks.values()]

    def _typed_fields(self, place: Place) -> list[str]:
        start = f"{PREFIX}{place.key}."
        return [
            name.removeprefix(start)
            for name, text in self.typed.items()
            if name.startswith(start) and text.strip()
        ]

    @cached_property
    def places(self) -> list[Place]:
        return places(self.task, self.day)

    @cached_property
    def suggested(self) -> list[Block]:
        return suggested(self.task, self.places, self.day, sees_all=self.sees_all)

    @property
    def is_choosing(self) -> bool:
        """Whether the fields to be corrected were asked for with the page, by a browser without scripts."""
        return bool(self.request.GET.keys() & {"fields", "row"})

    @property
    def asked_block(self) -> Block | None:
        place = next((one for one in self.places if one.key == self.request.GET.get("row")), None)
        return block(place, self.day, sees_all=self.sees_all) if place else None

    @property
    def sees_all(self) -> bool:
        return self.request.reader.may("household.see")

    @property
    def officer_choices(self) -> list[tuple[str, str]]:
        return [(one.username, one.told) for one in officers("task.answer")]

    @property
    def kept(self) -> set[int]:
        """Corrections proposed before that a form which was not taken still wants."""
        return {int(number) for number in self.request.POST.getlist("keep") if number.isdecimal()}

    @property
    def asking(self) -> Seen | None:
        """The run that asks the task's rule of all villages, while it waits or runs."""
        was_asked = any(one.event == STEPS["note_siblings"].event for one in self.detail.happenings)
        if not was_asked or not self.may.get("note_siblings"):
            return None
        number = waiting_job(f"{CHECK} {SIBLINGS_OF} {self.task.id}")
        return job(self.request.reader, number) if number is not None else None

    @property
    def siblings(self) -> list[TaskLine]:
        """Other open tasks of the same rule, in reach."""
        if not self.task.rule_id:
            return []
        filter = TaskFilter(check=self.task.rule_id)
        found = queries.tasks(reach(self.request), filter, day=self.day, size=SHOWN_SIBLINGS + 1)
        return [one for one in found.rows if one.id != self.task.id][:SHOWN_SIBLINGS]
