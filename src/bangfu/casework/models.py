"""The three lists: tasks, and what was done about each. Columns: `terms/tables/`.

A list is read by one of the indexes below from its start: each begins with what it is narrowed by and ends with what it
is sorted by, so that a page costs the same among a hundred tasks and among a million.
"""

from __future__ import annotations

from django.db import models

from bangfu.office.facts import Fact

_SORTED = ("due_on", "id")
_RARE = {
    "without_owner": models.Q(responsible_person__isnull=True),
    "not_found": models.Q(not_found_on__isnull=False),
    "escalated": models.Q(escalated_to__isnull=False),
}
"""What few tasks are: without an index of their own the whole list would be read for them."""
_NARROWED = (
    "village",
    "household",
    "severity",
    "department",
    "assignee",
    "rule_id",
    "source_kind",
    "responsible_unit",
)


def _of(
    target: str, *, required: bool, index: bool = True
) -> models.ForeignKey[models.Model | None, models.Model | None]:
    column = f"{target.rpartition('.')[2].lower()}_key"
    return models.ForeignKey(
        target, models.PROTECT, null=not required, related_name="+", db_column=column, db_index=index
    )


class Task(
    Fact,
    table="task",
    index=("object_name", "object_no"),
    required=("issue_no", "registered_on", "due_on", "state", "revision"),
):
    """`is_open` is 1 until the task is closed: lists show open tasks first, and an index has to begin with it.

    It is a number because Django asks for a truth value without a comparison, and then no index answers.
    """

    household = _of("registry.Household", required=False, index=False)
    village = _of("registry.Village", required=False, index=False)
    is_open = models.SmallIntegerField()

    class Meta:
        db_table = "task"
        verbose_name = "整改任务"
        constraints = (
            models.UniqueConstraint(fields=["issue_no"], name="task_number"),
            models.UniqueConstraint(
                fields=["finding_no"],
                condition=models.Q(is_open=1),
                name="task_one_open_of_finding",
            ),
        )
        indexes = (
            models.Index(fields=["is_open", *_SORTED], name="task_list"),
            models.Index(fields=["state", *_SORTED], name="task_by_state"),
            *(models.Index(fields=["is_open", name, *_SORTED], name=f"task_by_{name}") for name in _NARROWED),
            *(
                models.Index(fields=["is_open", *_SORTED], condition=condition, name=f"task_{name}")
                for name, condition in _RARE.items()
            ),
            models.Index(fields=["finding_no"], name="task_of_finding"),
        )


class TaskEvent(
    Fact, table="task_event", index=("request_no",), required=("event", "happened_on", "revision")
):
    task = _of("casework.Task", required=True)


class TaskCorrection(
    Fact,
    table="task_correction",
    required=("field_table", "field_row", "field_name", "state"),
):
    task = _of("casework.Task", required=True)


class Verdict(Fact, table="verdict", required=("conclusion", "is_passed")):
    task = _of("casework.Task", required=True)


class EvidenceFile(
    Fact,
    table="evidence_file",
    index=("sha256",),
    required=("sha256", "file_name", "media_type", "file_size"),
):
    task = _of("casework.Task", required=True)


class Responsibility(Fact, table="responsibility", required=("kind",)):
    village = _of("registry.Village", required=False)
