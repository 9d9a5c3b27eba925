"""A .docx as bytes that do not depend on the clock, so that the same document is the same file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(document: Any, day: date, restored: Mapping[bytes, bytes] | None = None) -> bytes:
    """The document's file, dated the day; `restored` are characters to put back in its texts."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties = document.core_properties
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by, properties.revision = "", 1
    loose, tight = BytesIO(), BytesIO()
    document.save(loose)
    with ZipFile(loose) as source, ZipFile(tight, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for new, old in (restored or {}).items():
                content = content.replace(new, old) if name.endswith((".xml", ".rels")) else content
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return tight.getvalue()
