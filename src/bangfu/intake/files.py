"""The files that batches were loaded from, kept under their hash so that they can always be read again."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from pathlib import Path

from bangfu.config.env import read_env
from bangfu.intake.models import Batch
from bangfu.terms.errors import UserError

_LONGEST = 120
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # no names for a file on Windows
_FOREIGN = re.compile(r'[<>:"|?*]')


def keep(path: Path) -> str:
    """Copies a file into the home; its hash."""
    digest = _sha256(path)
    target = _folder() / digest / path.name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{digest[:8]}.{os.getpid()}.part")
        shutil.copyfile(path, part)
        _put(part, target)
    return digest


def move_in(path: Path, name: str) -> str:
    """Takes a file of the home's own work folder, which is gone then, and keeps it under a clean name; its hash."""
    digest = _sha256(path)
    target = _folder() / digest / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _put(path, target)
    return digest


def clean_name(name: str) -> str:
    """A name that every system takes: without path, control or reversing characters, not too long."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    name = _FOREIGN.sub("_", name).strip(" .") or "未命名"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, suffix = name.rpartition(".")
    return f"{stem[: _LONGEST - len(suffix)]}.{suffix[:8]}" if dot and stem else name[:_LONGEST]


def kept(batch: Batch) -> Path:
    """UserError where the file is gone."""
    path = _folder() / batch.sha256 / batch.file_name
    if not batch.sha256 or not path.exists():
        raise UserError(f"批次 {batch.pk} 的原始文件不在了({path.name}),请重新导入它")
    return path


def let_go(batch: Batch) -> None:
    """Takes the file of a batch away unless another batch still rests on it."""
    if not batch.sha256:
        return
    others = Batch.objects.filter(sha256=batch.sha256, file_name=batch.file_name).exclude(pk=batch.pk)
    if not others.exclude(state="dropped").exists():
        (_folder() / batch.sha256 / batch.file_name).unlink(missing_ok=True)


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


def _put(part: Path, target: Path) -> None:
    """On the disk before it is named: what is acknowledged must outlive a power cut."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(part, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
