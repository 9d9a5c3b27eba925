"""Files that browsers send: written to the home's own work folder as they come in, and no further than the limit.

What is wrong with a file before anybody looks into it, its size or a path in its name, is found here: the rest of it is
not kept. Only for those who are logged in.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from bangfu.casework.evidence_files import LIMIT as EVIDENCE
from bangfu.config.env import read_env
from bangfu.jobs.workfolder import uploads_folder

MEGABYTE = 1024 * 1024
_MOST_AT_ONCE = 20
"""Files of the largest size that one request may hold."""
Files = MultiValueDict[str, UploadedFile]
_OF_TASKS = "task_"
"""How the names of addresses begin that take evidence."""


@dataclass(frozen=True)
class Limit:
    """The size of a file in bytes, and what who sent a larger one can do."""

    most: int
    advice: str


class KeptFile(TemporaryUploadedFile):
    """A file in the work folder; it goes when the request is over, unless somebody has moved it by then."""

    def __init__(self, name: str, content_type: str | None, charset: str | None) -> None:
        file = tempfile.NamedTemporaryFile(dir=uploads_folder(), suffix=".upload", delete=False)  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, 0, charset)

    def path(self) -> Path:
        """Closed, so that it can be moved."""
        self.file.close()  # type: ignore[union-attr]
        return Path(self.temporary_file_path())

    def close(self) -> None:
        super().close()
        Path(self.temporary_file_path()).unlink(missing_ok=True)


def refused_uploads(request: HttpRequest) -> list[tuple[str, str]]:
    """Once the request's files were read."""
    found: list[tuple[str, str]] = getattr(request, "refused_uploads", [])
    return found


class UploadDoor(FileUploadHandler):
    """The setting FILE_UPLOAD_HANDLERS names it. It reads the whole request itself: no chunk ever reaches it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, Files]:
        limit = _limit(self.request)
        if content_length > limit.most * _MOST_AT_ONCE:
            raise RequestDataTooBig
        keeper = _Keeper(self.request, limit)
        return _Parser(META, input_data, keeper, encoding).parse()


def _limit(request: HttpRequest | None) -> Limit:
    """What the page takes that was asked: evidence is smaller than what is imported."""
    match = request.resolver_match if request is not None else None
    if match is not None and (match.url_name or "").startswith(_OF_TASKS):
        return Limit(EVIDENCE, "请把照片压缩后（一般几百 KB 就够清楚）再传")
    most = read_env().upload_megabytes * MEGABYTE
    return Limit(most, "请按村或按年度拆成几个文件，或删去图片后再上传")


class _Keeper(FileUploadHandler):
    def __init__(self, request: HttpRequest | None, limit: Limit) -> None:
        super().__init__(request)
        self.limit = limit
        self.sent_name = ""
        self.refused: list[tuple[str, str]] = []
        self.size = 0
        self.kept: KeptFile | None = None
        if request is not None:
            request.refused_uploads = self.refused  # type: ignore[attr-defined]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            raise StopUpload(connection_reset=True)
        if "/" in self.sent_name or "\\" in self.sent_name:
            self.refuse("文件名里有路径，没有接收。请改成普通的文件名再上传")
        self.size, self.kept = 0, KeptFile(self.file_name or "", self.content_type, self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        assert self.kept is not None
        self.size += len(raw_data)
        if self.size > self.limit.most:
            self.kept.close()
            self.refuse(f"文件超过 {self.limit.most // MEGABYTE} MB，没有接收。{self.limit.advice}")
        try:
            self.kept.write(raw_data)
        except OSError:
            self.kept.close()
            self.refuse("服务器的磁盘写不进去，没有接收。请告诉系统管理员清理磁盘后重试")
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.kept is None:
            return None
        kept, self.kept = self.kept, None
        kept.seek(0)
        kept.size = self.size
        return kept

    def upload_interrupted(self) -> None:
        if self.kept is not None:
            self.kept.close()

    def refuse(self, why: str) -> None:
        self.refused.append((self.sent_name, why))
        self.kept = None
        raise SkipFile


class _Parser(MultiPartParser):
    """Tells the keeper the name as it was sent: Django cuts a path off before anybody sees it."""

    def __init__(self, META: dict[str, str], data: Any, keeper: _Keeper, encoding: str | None) -> None:
        super().__init__(META, data, [keeper], encoding)
        self.keeper = keeper

    def sanitize_file_name(self, file_name: str) -> str | None:
        self.keeper.sent_name = file_name
        return super().sanitize_file_name(file_name)
