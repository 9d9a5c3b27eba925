"""What findings are to the last whole run."""

from __future__ import annotations

from bangfu.findings.comparing import Since, last_whole_run

STATES = {"new": "新增", "returned": "重新出现", "remaining": "仍在", "gone": "已消失"}


def since() -> Since:
    return Since(last_whole_run())
