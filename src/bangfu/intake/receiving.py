"""Files that came in through the browser: looked at by their first bytes, kept, and queued to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bangfu.intake.files import clean_name, move_in
from bangfu.intake.models import Batch
from bangfu.jobs.actions import add_job
from bangfu.office.journal.waiting import write_lock
from bangfu.spreadsheets.sniff import FileKind, sniff

STAGE = "import.stage"
ACCEPTED = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".txt", ".html", ".htm")
_HEAD = 8192


@dataclass(frozen=True)
class Upload:
    """A file in the work folder of the home and the name its sender gave it; `wrong`: why it was not even stored."""

    name: str
    path: Path | None = None
    wrong: str = ""


@dataclass(frozen=True)
class Received:
    """What became of an upload: its batch, and the job that reads it unless it was refused."""

    name: str
    batch: int
    job: int | None
    refusal: str


@dataclass(frozen=True)
class _Looked:
    name: str
    why: str
    sha256: str = ""
    size: int = 0


def receive(uploads: Sequence[Upload], *, actor: str, as_of: int | None = None) -> list[Received]:
    """Each becomes a batch, received or refused; a refused file is not kept. All of them are there or none.

    `as_of` (yyyymmdd): the day that the files speak of, for those that do not say it themselves.
    """
    looked_at = [_look(upload) for upload in uploads]
    with write_lock(lambda message: None):
        return [_record(looked, actor, as_of) for looked in looked_at]


def batch_key(batch: int) -> str:
    """Of the jobs of a batch only one waits or runs."""
    return f"batch {batch}"


def _look(upload: Upload) -> _Looked:
    """A file that is taken is kept at once: without its batch it is nobody's, and harmless."""
    name = clean_name(upload.name)
    why = upload.wrong or _wrong_type(name) or _wrong_content(upload.path)
    if upload.path is None:
        return _Looked(name, why)
    if why:
        upload.path.unlink(missing_ok=True)
        return _Looked(name, why)
    size = upload.path.stat().st_size
    return _Looked(name, "", move_in(upload.path, name), size)


def _wrong_type(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in ACCEPTED:
        return ""
    told = f"扩展名是 {suffix}" if suffix else "文件没有扩展名"
    return f"{told},能导入的是 {'、'.join(ACCEPTED[:5])}。请另存为 .xlsx 再上传"


def _wrong_content(path: Path | None) -> str:
    assert path is not None
    with path.open("rb") as file:
        kind, message = sniff(file.read(_HEAD))
    return message if kind in (FileKind.EMPTY, FileKind.REFUSED) else ""


def _record(looked: _Looked, actor: str, as_of: int | None) -> Received:
    batch = Batch.objects.create(
        file_name=looked.name,
        sha256=looked.sha256,
        size=looked.size,
        state="refused" if looked.why else "received",
        refusal=looked.why,
        actor=actor,
        received_at=datetime.now(UTC),
        given_as_of=as_of,
    )
    job = None if looked.why else queue_reading(batch.pk, looked.name, actor=actor, as_of=as_of)
    return Received(looked.name, batch.pk, job, looked.why)


def queue_reading(batch: int, name: str, *, actor: str, as_of: int | None = None) -> int:
    """In the caller's transaction."""
    return add_job(
        STAGE,
        label=f"读入 {name}",
        actor=actor,
        parameters={"batch": batch, "as_of": as_of},
        key=batch_key(batch),
    )
