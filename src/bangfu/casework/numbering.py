"""Numbers of tasks: the day and a count, as in 2020-0422-0001. None is given twice, also when a task was taken back."""

from __future__ import annotations

from bangfu.office.journal.writing import Writing


def issue_numbers(change: Writing, day: int, count: int) -> list[str]:
    first = change.take_numbers(f"task {day}", count)
    return [f"{day // 10_000}-{day % 10_000:04d}-{number:04d}" for number in range(first, first + count)]
