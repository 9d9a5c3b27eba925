"""Long work that somebody asked for, and what became of it."""

from __future__ import annotations

from django.db import models

WAITING = ("queued", "running")


class Job(models.Model):
    """`state`: queued, running, done, failed, cancelled. Parameters, label and result hold no personal data."""

    kind = models.TextField()
    label = models.TextField()
    parameters = models.JSONField(default=dict)
    key = models.TextField(default="")  # of jobs with the same one only one waits or runs
    actor = models.TextField()
    place = models.TextField()  # division code of what it works on
    mark = models.TextField()  # of the work folder that it was queued in
    state = models.TextField(default="queued")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempt = models.IntegerField(default=0)  # how often it was begun
    result = models.JSONField(default=dict)
    error = models.TextField(default="")

    class Meta:
        db_table = "job"
        constraints = (
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=WAITING) & ~models.Q(key=""),
                name="job_waits_once",
            ),
        )
        indexes = (
            models.Index(fields=["state", "id"], name="job_of_state"),
            models.Index(fields=["actor", "id"], name="job_of_actor"),
            models.Index(fields=["key", "id"], name="job_of_key"),
        )
