"""The long work of 系统: a backup, and whether everything is still as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.intake.batches import fact_models
from bangfu.intake.files import kept_files
from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.work import Work
from bangfu.office.journal.reading import position_and_seal
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.keeping import archive_folder, back_up, damage

BACKUP, VERIFY = "backup", "verify"
_SHOWN = 50


def register_kinds() -> None:
    """Called when Django starts."""
    register(
        Kind(BACKUP, "备份", _back_up, starts="backup.make", sees="backup.make", page="backups"),
        Kind(VERIFY, "核对台账和日志", _verify, starts="journal.see", sees="journal.see", page="journal"),
    )


def _back_up(work: Work) -> Mapping[str, Any]:
    """An archive is there when it is whole: one that a killed job made is the job's."""
    target = archive_folder() / work.parameters["file"]
    if not target.exists():
        work.say("复制数据库，打包原始文件和佐证材料")
        back_up(target)
    return {"file": target.name, "size": target.stat().st_size}


def _verify(work: Work) -> Mapping[str, Any]:
    """What is wrong with the database's pages, the journal's chain, the facts and the files; nothing where all is well."""
    position, seal = position_and_seal()
    wrong: list[str] = []
    work.say("检查数据库文件", 0.0)
    wrong.extend(f"数据库：{line}" for line in damage())
    work.say("核对变更日志的封签", 0.1)
    wrong.extend(f"日志：{line}" for line in broken_links())
    models = fact_models()
    for done, model in enumerate(models.values()):
        work.say(f"核对台账：{model.table}", 0.3 + 0.6 * done / len(models))
        wrong.extend(f"台账：{line}" for line in broken_facts([model]))
    work.say("核对导入的原始文件", 0.9)
    files, missing = kept_files()
    wrong.extend(f"原始文件缺少或被改动：{name}" for name in missing)
    return {
        "is_whole": not wrong,
        "wrong": wrong[:_SHOWN],
        "count": len(wrong),
        "position": position,
        "seal": seal,
        "files": files,
    }
