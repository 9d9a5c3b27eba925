"""The one task that the queue's library knows: a job, by its number. Our worker takes it from the library's table."""

from __future__ import annotations

from django_tasks import task


@task()
def do_job(number: int) -> int:
    """Named in the queue's rows; what is done stands in `worker.perform`, which also tells, cancels and gives back."""
    return number
