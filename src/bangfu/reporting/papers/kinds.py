"""What kinds of paper there are, the jobs that make them, and what taking one away needs."""

from __future__ import annotations

REPORT, FORM, CARDS = "report", "form", "cards"
JOBS = {REPORT: "paper.report", FORM: "paper.form", CARDS: "paper.cards"}
RIGHTS = {REPORT: "table.export", FORM: "table.export", CARDS: "personal.reveal"}
"""Cards name everybody of a household, so they need the right that shows numbers in full, and reach as far."""
