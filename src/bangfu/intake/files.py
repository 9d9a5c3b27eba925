"""The files that batches were loaded from, kept under their hash so that they can always be read again."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from bangfu.config.env import read_env
from bangfu.intake.models import Batch
from bangfu.terms.errors import UserError


def keep(path: Path) -> str:
    """Copies a file into the home; its hash."""
    digest = _sha256(path)
    target = _folder() / digest / path.name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return digest


def kept(batch: Batch) -> Path:
    """UserError where the file is gone."""
    path = _folder() / batch.sha256 / batch.file_name
    if not path.exists():
        raise UserError(f"批次 {batch.pk} 的原始文件不在了({path.name}),请重新导入它")
    return path


def kept_files() -> tuple[int, list[str]]:
    """How many files of applied batches are there as they were, and the names of those that are not."""
    applied = Batch.objects.filter(state="applied").values_list("sha256", "file_name").distinct()
    wrong = []
    for digest, name in applied:
        path = _folder() / digest / name
        if not path.is_file() or _sha256(path) != digest:
            wrong.append(name)
    return len(applied) - len(wrong), wrong


def _folder() -> Path:
    return read_env().home / "files"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
