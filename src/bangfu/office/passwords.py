"""Rules for passwords that Django's own messages do not tell in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least so many characters; length protects better than signs that nobody remembers."""

    def get_error_message(self) -> str:
        return f"密码太短，至少 {self.min_length} 个字符"
