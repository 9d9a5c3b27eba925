"""A text that somebody checks, kept for an hour so that its marked copy can be fetched: in the work folder, in no backup.

Only who brought it gets it back; its name is drawn at random and stands in no address.
"""

from __future__ import annotations

import json
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path

from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Source, pasted
from bangfu.jobs.workfolder import work_folder
from bangfu.office.readers import Reader
from bangfu.terms.errors import UserError

_KEPT_SECONDS = 3_600
_GONE = UserError("材料只留一小时，已经清理。请重新核对一次再下载")


def keep(reader: Reader, source: Source) -> str:
    """The ticket that fetches it. A file is moved here, so that who received it need not keep it."""
    _forget_old()
    ticket = secrets.token_hex(16)
    folder = _all() / ticket
    folder.mkdir()
    told = {"owner": reader.username, "name": source.name, "kind": source.kind}
    if source.path is not None:
        shutil.move(source.path, folder / "text")
    else:
        (folder / "text").write_text(source.text, encoding="utf-8")
    (folder / "about.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return ticket


def fetch(reader: Reader, ticket: str) -> Source:
    """UserError where it is gone, or is somebody else's."""
    if len(ticket) != 32 or not ticket.isalnum() or not ticket.isascii():
        raise _GONE
    folder = _all() / ticket
    with suppress(FileNotFoundError):
        told = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        if told["owner"] == reader.username:
            if told["kind"] == "pasted":
                return pasted((folder / "text").read_text(encoding="utf-8"))
            return open_text(folder / "text", told["name"])
    raise _GONE


def _all() -> Path:
    folder = work_folder() / "texts"
    folder.mkdir(exist_ok=True)
    return folder


def _forget_old() -> None:
    for folder in _all().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
