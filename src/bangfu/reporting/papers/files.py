"""Where the files of papers lie: what was written for others in the home's files, what names persons in the work folder.

Reports and forms are kept and backed up. Annexes and cards hold rows of people: they are in no backup, stay for a week
and can be made again.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from bangfu.config.env import read_env
from bangfu.jobs.workfolder import work_folder

KEPT_DAYS = 7
DOCX, PDF, XLSX, ANNEX, ZIP = "docx", "pdf", "xlsx", "annex", "zip"
LABELS = {DOCX: ".docx", PDF: ".pdf", XLSX: ".xlsx", ANNEX: "数据明细 .xlsx", ZIP: "PDF 压缩包"}
LAST = "last"
"""The form that was sent last time, as it was uploaded to be compared."""
_NAMES = {DOCX: "report.docx", PDF: "report.pdf", XLSX: "form.xlsx", ANNEX: "annex.xlsx", ZIP: "cards.zip"}


def kept_folder(paper: int) -> Path:
    return read_env().home / "files" / "papers" / str(paper)


def passing_folder(paper: int) -> Path:
    return work_folder() / "papers" / str(paper)


def file_of_paper(paper: int, kind: str, what: str) -> Path:
    """Where that file of a paper is, once it is made and until it is cleared away."""
    if what == LAST:
        return passing_folder(paper) / "last.xlsx"
    if kind == "cards" or what == ANNEX:
        return passing_folder(paper) / ("cards.pdf" if what == PDF else _NAMES[what])
    return kept_folder(paper) / _NAMES[what]


def put(path: Path, content: bytes) -> int:
    """Written whole or not at all; its size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    os.replace(part, path)
    return len(content)


def forget_paper(paper: int) -> None:
    for folder in (kept_folder(paper), passing_folder(paper)):
        shutil.rmtree(folder, ignore_errors=True)


def forget_old() -> None:
    """What holds persons' rows does not lie about for ever."""
    folder = work_folder() / "papers"
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                shutil.rmtree(path, ignore_errors=True)
