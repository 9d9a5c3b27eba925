"""What the walk over every address needs: a home with something in each of two villages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bangfu.findings.models import Finding, Run
from bangfu.intake.jobs import EXPORT
from bangfu.intake.models import Batch, Question
from bangfu.jobs.actions import start_job
from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.models import Job
from bangfu.jobs.workfolder import mark
from bangfu.ledger import actions as ledger
from bangfu.office.accounts import add_account
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.keeping import archive_folder
from bangfu.office.readers import Holding
from bangfu.registry import actions
from bangfu.registry.actions import Join
from bangfu.reporting.models import Paper, PaperTemplate
from tests.web.walk_tasks import OF_NO_AREA as TASKS_OF_NO_AREA
from tests.web.walk_tasks import TASK_ARGUMENTS, task_about

TOWN, VILLAGE, OTHER_VILLAGE = "421281102000", "421281102200", "421281102201"
HELPER = ("结对甲", "13900000001")
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Ids of things in VILLAGE (`inside`) and in OTHER_VILLAGE (`outside`), by what they are."""

    inside: Mapping[str, Any]
    outside: Mapping[str, Any]

    def address(self, name: str, *, inside: bool) -> str:
        make = ARGUMENTS.get(name)
        return reverse(name, kwargs=dict(make(self.inside if inside else self.outside)) if make else {})

    def unknown(self, name: str) -> str:
        nobody = {key: 999_999 if isinstance(value, int) else "nothing" for key, value in self.inside.items()}
        return reverse(name, kwargs=dict(ARGUMENTS[name](nobody)))

    def is_open_to_all(self, name: str) -> bool:
        """Addresses of things that belong to no area, such as a rule or a figure's definition."""
        return name in OF_NO_AREA or name.startswith(("indicator", "statistic"))

    def client(self, logged_in: Callable[..., Client], role: str, name: str = "") -> Client:
        """Somebody who holds the role for VILLAGE, so that the other village lies outside for every role.

        For an address of what is the whole home's: somebody who holds it for the town.
        """
        departments = ("民政",) if role == "department_officer" else ()
        area = TOWN if name in OF_THE_HOME else VILLAGE
        return logged_in(role, area, departments=departments, name=HELPER[0], phone=HELPER[1])


def make_world() -> World:
    """A household with two members in each village; the one inside is paired with the helper."""
    with transaction(actor="测试", source=Source("form")) as change:
        villages = actions.add_villages(
            change,
            [
                {"village_code": VILLAGE, "village_name": "罗峰村"},
                {"village_code": OTHER_VILLAGE, "village_name": "云台山村"},
            ],
        )
        made = [_household(change, village, number) for number, village in enumerate(villages)]
        ledger.add(
            change,
            "helper_pairing",
            [
                {
                    "helper_name": HELPER[0],
                    "helper_phone": HELPER[1],
                    "household_key": made[0]["household"],
                    "started_on": 20150101,
                }
            ],
        )
        for ids in made:
            told = {"programme": "dibao", "household_key": ids["household"], "village_key": ids["village"]}
            [ids["benefit"]] = ledger.add(change, "benefit", [{**told, "person_key": ids["person"]}])
            ids["ledger"] = "benefit"
    inside, outside = made
    inside.update(_of_the_home())
    for ids, village in ((inside, VILLAGE), (outside, OTHER_VILLAGE)):
        ids["job"] = _job(village)
        ids["account"] = _account(village)
        ids.update(task_about(ids))
        ids.update(_checked(ids))
        ids.update(_papers(ids))
    return World(inside, outside)


def _of_the_home() -> dict[str, Any]:
    """What belongs to no village: a batch with a question, a transaction, an export, a backup."""
    batch = Batch.objects.create(file_name="名单.xlsx", sha256="", state="staged", actor="测试")
    question = Question.objects.create(batch=batch, kind="名单里没有了", table="person", message="不在名单里")
    export = Job.objects.create(
        kind=EXPORT,
        label="导出",
        actor="测试",
        place=TOWN,
        mark=mark(),
        state="done",
        queued_at=timezone.now(),
        result={"export": 1},
    )
    archive_folder().mkdir(exist_ok=True)
    (archive_folder() / "备份.zip").touch()
    return {
        "batch": batch.pk,
        "question": question.pk,
        "export": export.pk,
        "position": 1,
        "archive": "备份.zip",
    }


def _job(village: str) -> int:
    """Of a kind that everybody in its area may see and steer."""
    register(Kind("walk", "走一遍", lambda work: {}, starts="self", sees="self"))
    return start_job("walk", label="走一遍", actor="测试", place=village)


def _checked(ids: Mapping[str, Any]) -> dict[str, int]:
    """A run of the village, and what it found of the household: a matter of the department whose officer walks."""
    now = timezone.now()
    run = Run.objects.create(
        started_at=now,
        at=now,
        actor="测试",
        as_of=20200422,
        place=TOWN[:9],
        villages=[ids["village"]],
        is_whole=False,
        policy_hash="",
        engine="",
        position=1,
        seal="",
    )
    finding = Finding.objects.create(
        check_id="dibao.paid_twice",
        table="household",
        subject=str(ids["household"]),
        name="户主",
        household="610000000000",
        household_key=ids["household"],
        village_key=ids["village"],
        village="村",
        department="民政",
        severity="error",
        rank=3,
        explanation="重复",
        told='{"explanation": "重复", "values": {}, "standards": [], "cells": []}',
        values_hash="v",
        told_hash="t",
        first_run=run,
        since_run=run,
    )
    return {"run": run.pk, "finding": finding.pk}


def _papers(ids: Mapping[str, Any]) -> dict[str, int]:
    """A report of the village, the card of its household, and a template, which is of no place."""
    now = timezone.now()
    told = {"as_of": 20200422, "area": "村", "actor": "测试", "ordered_at": now, "villages": [ids["village"]]}
    report = Paper.objects.create(kind="report", title="报告", **told)
    card = Paper.objects.create(kind="cards", title="明白卡", households=[ids["household"]], **told)
    template = PaperTemplate.objects.create(
        kind="report", name="模板", file_name="模板.docx", sha256="0", size=0, actor="测试", kept_at=now
    )
    return {"report": report.pk, "card": card.pk, "template": template.pk}


def _account(village: str) -> int:
    user, _ = add_account(
        username=f"walk{village}", full_name="乙", holdings=[Holding("village_cadre", village)], actor="测试"
    )
    return user.pk


def _household(change: Writing, village: int, number: int) -> dict[str, Any]:
    [household] = actions.add_households(
        change, [{"nat_household_no": f"61000000000{number}", "village_key": village, "village_name": "村"}]
    )
    head, member = actions.add_persons(
        change,
        [
            {
                "full_name": f"户主{number}",
                "nat_person_no": f"61000000000{number}01",
                "id_no": f"42999919620102{number}01X",
            },
            {
                "full_name": f"成员{number}",
                "nat_person_no": f"61000000000{number}02",
                "id_no": f"42999919880102{number}02X",
            },
        ],
    )
    actions.join(change, [Join(person, household, 20140101) for person in (head, member)])
    actions.set_heads(change, {household: head}, 20140101)
    return {"village": village, "household": household, "person": member}


def _named(argument: str, thing: str) -> Callable[[Mapping[str, Any]], Arguments]:
    return lambda ids: {argument: ids[thing]}


LEDGERS = frozenset({"ledger", "ledger_totals", "ledger_export", "ledger_template", "ledger_new"})
"""Of a ledger as a whole: it opens wherever one is, and shows what lies in the area."""
ARGUMENTS: Mapping[str, Callable[[Mapping[str, Any]], Arguments]] = {
    **{
        name: _named("number", "batch")
        for name in ("import", "import_marked", "import_read", "import_apply", "import_undo", "import_drop")
    },
    "import_answer": _named("number", "question"),
    "export_file": _named("number", "export"),
    **{
        name: _named("number", "finding")
        for name in ("finding", "finding_reveal", "finding_false_alarm", "finding_withdraw")
    },
    **{name: _named("number", "run") for name in ("run", "run_findings")},
    "policy_check": lambda ids: {"check": "dibao.paid_twice"},
    "policy_standard": lambda ids: {"standard": "monitoring_line"},
    "policy_programme": lambda ids: {"programme": "dibao"},
    **{
        name: lambda ids: {"indicator": "poor_households"}
        for name in ("indicator", "indicator_export", "indicator_rows", "indicator_rows_export")
    },
    **{name: _named("number", "report") for name in ("paper", "paper_file", "paper_remove")},
    "paper_cards_file": _named("number", "card"),
    "template_remove": _named("number", "template"),
    "template_file": lambda ids: {"name": "annual_report"},
    "household_card": lambda of: {"household": of["household"]},
    **{name: lambda ids: {"table": "1.1"} for name in ("statistic", "statistic_export")},
    **{name: _named("number", "job") for name in ("job", "job_progress", "job_cancel", "job_retry")},
    **{name: _named("number", "account") for name in ("user", "user_reset")},
    "journal_entry": _named("position", "position"),
    **{name: _named("name", "archive") for name in ("backup_file", "backup_remove")},
    **{name: _named("table", "ledger") for name in LEDGERS if name != "ledger_template"},
    "ledger_template": lambda of: {"table": of["ledger"], "layout": "benefit_list"},
    **{
        name: lambda of: {"table": of["ledger"], "row": of["benefit"]}
        for name in ("ledger_row", "ledger_reveal", "ledger_edit", "ledger_remove")
    },
    "household_edit": lambda of: {"household": of["household"]},
    "rows_edit": lambda of: {"household": of["household"], "table": "visit"},
    "row_edit": lambda of: {"household": of["household"], "table": "person", "row": of["person"]},
    "row_new": lambda of: {"household": of["household"], "table": "annual_record"},
    "member_join": lambda of: {"household": of["household"]},
    "member_leave": lambda of: {"household": of["household"], "person": of["person"]},
    "head_change": lambda of: {"household": of["household"]},
    "household": lambda one: {"household": one["household"]},
    "household_reveal": lambda one: {"household": one["household"]},
    "household_section": lambda one: {"household": one["household"], "section": "timeline"},
    **TASK_ARGUMENTS,
}
"""By address the arguments that point to a thing."""
OF_NO_AREA = (
    TASKS_OF_NO_AREA
    | LEDGERS
    | {"policy_check", "policy_standard", "policy_programme", "template_file", "template_remove"}
)
OF_THE_HOME = frozenset(
    {
        "import",
        "import_marked",
        "import_read",
        "import_apply",
        "import_undo",
        "import_drop",
        "import_answer",
        "export_file",
        "journal_entry",
        "backup_file",
        "backup_remove",
    }
)
"""Addresses of things that are the whole home's: who holds a role for a part of it does not find them."""
