"""Evidence as it comes with a form and as it is shown again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from bangfu.casework import queries
from bangfu.casework.evidence_files import KeptFile, is_there, keep, path_of
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.tasks.acting import reach
from bangfu.web.uploads import refused_uploads

INPUT, CARRIED = "files", "kept"
_SALT = "bangfu.evidence"
_SAFE = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Carried:
    """A file that is in the home already while its form has to be sent again; `ticket` stands for it."""

    file: KeptFile
    ticket: str


@dataclass(frozen=True)
class Arrived:
    """The files of a form that can be used, and what is wrong with the others."""

    files: tuple[KeptFile, ...]
    wrong: tuple[str, ...]


def arrived(request: HttpRequest, task: int, username: str) -> Arrived:
    """Takes in what came with a form of a task; everything wrong is told at once."""
    found = list(_carried(request.POST.getlist(CARRIED), task, username))
    wrong: list[str] = []
    for upload in request.FILES.getlist(INPUT):
        try:
            found.append(keep(upload.name or "", upload.chunks()))
        except UserError as refused:
            wrong.append(str(refused))
    unique = {file.sha256: file for file in found}
    at_the_door = (f"{name}：{why}" for name, why in refused_uploads(request))
    return Arrived(tuple(unique.values()), (*at_the_door, *wrong))


def carry(files: Iterable[KeptFile], task: int, username: str) -> list[Carried]:
    """So that a form which is shown again need not be sent its files again: only this account, for this task."""
    return [Carried(file, signing.dumps(asdict(file), salt=_salt(task, username))) for file in files]


@require_safe
def evidence(request: Request, task: int, file: int) -> HttpResponseBase:
    """The file itself: pictures are shown, everything else is handed out to be saved; nothing in it may run."""
    found = queries.evidence_file(reach(request), task, file)
    if found is None:
        raise Http404
    described, digest = found
    path = path_of(digest, described.media_type)
    if not path.is_file():
        raise UserError("这份佐证材料的文件不在服务器上（可能是只恢复了数据库）。请联系系统管理员从备份恢复")
    answer = FileResponse(
        path.open("rb"),
        content_type=described.media_type,
        as_attachment=not described.is_picture,
        filename=described.name,
    )
    answer["Content-Security-Policy"] = _SAFE
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _carried(tickets: Iterable[str], task: int, username: str) -> Iterable[KeptFile]:
    for ticket in tickets:
        try:
            file = KeptFile(**signing.loads(ticket, salt=_salt(task, username), max_age=86_400))
        except signing.BadSignature:
            continue
        if is_there(file.sha256, file.media_type):
            yield file


def _salt(task: int, username: str) -> str:
    return f"{_SALT}.{task}.{username}"
