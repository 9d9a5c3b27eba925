"""Logging in: an account that gets wrong passwords is locked for longer each time."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from bangfu.office.journal.waiting import Busy, waiting_at_most, write_lock
from bangfu.office.models import User
from bangfu.terms.errors import UserError

FREE_TRIES = 3
"""Wrong passwords before the first delay; from then on it doubles."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
_WRONG = "账号或密码不对"
_NOTED_WITHIN = 1.0
"""Seconds; a login does not wait until an import is written only to be noted."""
_HASHING = threading.Semaphore(2)
"""One hash takes 100 MB while it is computed: many who log in at once would take all of a small machine's memory."""


def check_login(username: str, password: str) -> User:
    """The account. UserError in the same words whether the account or the password is wrong, and while it is locked."""
    user = User.objects.filter(username=username).first()
    if user is None or not user.is_active:
        with _HASHING:
            make_password(password)  # takes as long as a comparison: an unknown name must not answer faster
        raise UserError(_WRONG)
    now = timezone.now()
    if user.locked_until is not None and user.locked_until > now:
        raise UserError(f"密码错了 {user.failed_logins} 次，请在 {_in_words(user.locked_until - now)}后再试")
    with _HASHING:
        is_right = user.check_password(password)
    if not is_right:
        _count_failure(user)
        raise UserError(_WRONG)
    with suppress(Busy), waiting_at_most(_NOTED_WITHIN), write_lock(_silent):
        User.objects.filter(pk=user.pk).update(failed_logins=0, locked_until=None, last_login=now)
    return user


def _count_failure(user: User) -> None:
    with write_lock(_silent):
        failures = User.objects.values_list("failed_logins", flat=True).get(pk=user.pk) + 1
        locked = user.locked_until
        if failures > FREE_TRIES:
            locked = timezone.now() + min(FIRST_DELAY * 2 ** (failures - FREE_TRIES - 1), LONGEST_DELAY)
        User.objects.filter(pk=user.pk).update(failed_logins=failures, locked_until=locked)


def _silent(message: str) -> None:
    """Who logs in waits for other writers without a word."""


def _in_words(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"{seconds} 秒" if seconds < 120 else f"{-(-seconds // 60)} 分钟"
