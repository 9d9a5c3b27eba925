"""The long work of batches: reading a file, applying and undoing it; the register as national exports."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bangfu.config.env import read_env
from bangfu.intake import batches
from bangfu.intake.models import Batch
from bangfu.intake.preview import marked_path
from bangfu.intake.receiving import STAGE
from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.work import Work
from bangfu.spreadsheets.mark import mark_copy
from bangfu.terms.errors import UserError

APPLY, UNDO, EXPORT = "import.apply", "import.undo", "export.national"
_READ = 0.3
"""Of applying a file, the part that reading it takes, roughly."""
_KEPT_DAYS = 7


def register_kinds() -> None:
    """Called when Django starts."""
    of_batch = partial(Kind, starts="import.load", sees="import.see", page="import", number="batch")
    register(
        of_batch(STAGE, "读入文件", _stage),
        of_batch(APPLY, "应用批次", _apply),
        of_batch(UNDO, "撤销批次", _undo),
        Kind(EXPORT, "导出国网样式的表", _export, starts="import.load", sees="import.load"),
    )


def _stage(work: Work) -> Mapping[str, Any]:
    """Done again from the beginning after a kill: a batch is compared as often as anybody likes."""
    number = work.parameters["batch"]
    try:
        staged = batches.compare(
            number, as_of=work.parameters.get("as_of"), progress=_told(work, "读取"), reach=work.reach
        )
    except UserError:
        return {"batch": number, "state": "refused"}
    if staged.problems:
        work.say("标出看不懂的单元格")
        mark_copy(_file(staged), staged.problems, marked_path(number))
    return {"batch": number, "state": "staged", "problems": len(staged.problems)}


def _apply(work: Work) -> Mapping[str, Any]:
    """A batch that is applied already was applied by this job before it was killed."""
    number = work.parameters["batch"]
    if _state(number) != "applied":
        batches.apply(
            number,
            actor=work.actor,
            clean_only=bool(work.parameters.get("clean_only")),
            say=work.say,
            progress=_told(work, "读取"),
            reach=lambda fraction: work.reach(_READ + (1 - _READ) * fraction),
        )
    return {"batch": number, "state": "applied"}


def _undo(work: Work) -> Mapping[str, Any]:
    number = work.parameters["batch"]
    if _state(number) != "undone":
        work.say("撤销,恢复到导入以前")
        batches.undo(number, actor=work.actor, say=work.say)
    return {"batch": number, "state": "undone"}


def _export(work: Work) -> Mapping[str, Any]:
    """One archive of the three workbooks, there when it is whole."""
    from bangfu.intake.exports.national import export_national

    target = export_path(work.number)
    told = {"export": work.number, "reason": work.parameters["reason"]}
    if target.exists():
        return {**told, "rows": _rows_in(target)}
    _forget_old(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".export-") as folder:
        work.say("写出行政村、监测对象和自然减少")
        files = export_national(Path(folder), work.parameters["as_of"])
        part = Path(folder) / "all.zip"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for path in files:
                work.say(f"打包 {path.name}")
                archive.write(path, path.name)
            archive.writestr("说明.txt", f"{work.parameters['watermark']}\n")
            archive.comment = str(sum(files.values())).encode()
        os.replace(part, target)
    return {**told, "rows": _rows_in(target)}


def _rows_in(archive: Path) -> int:
    with zipfile.ZipFile(archive) as whole:
        return int(whole.comment)


def export_path(job: int) -> Path:
    """Where the archive of an export's job is, while it is kept."""
    folder = read_env().home / "work" / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job}.zip"


def _forget_old(folder: Path) -> None:
    """An export holds whole ID numbers: it does not lie about for ever. What a killed one left goes as well."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif time.time() - path.stat().st_mtime > _KEPT_DAYS * 86_400:
            path.unlink(missing_ok=True)


def _told(work: Work, verb: str) -> Any:
    """Reading says the file's name, comparing its sheet and rows."""
    return lambda message: work.say(message if ":" in message else f"{verb} {message}")


def _state(number: int) -> str:
    found = Batch.objects.filter(pk=number).values_list("state", flat=True).first()
    if found is None:
        raise UserError(f"没有批次 {number}")
    return found


def _file(staged: batches.Staged) -> Path:
    [path] = staged.gathered.files.values()
    return path
