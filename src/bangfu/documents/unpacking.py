"""How large a template or form may be unpacked, before anything of it is read: memory stays bounded whatever is sent."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from bangfu.terms.errors import UserError

_MOST_BYTES = 100_000_000  # the largest forms of higher offices unpack to a tenth of it


def refuse_swollen(file: Path | bytes, name: str) -> None:
    """UserError where it unpacks to more; BadZipFile where it is no package at all."""
    with ZipFile(BytesIO(file) if isinstance(file, bytes) else file) as package:
        size = sum(entry.file_size for entry in package.infolist())
    if size > _MOST_BYTES:
        raise UserError(
            f"文件“{name}”展开后有 {size // 1_000_000} MB，最多 {_MOST_BYTES // 1_000_000} MB，不像模板或报表"
        )
