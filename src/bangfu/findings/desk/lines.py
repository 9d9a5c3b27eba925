"""What both sides say: a line with a document and the proof that whoever wrote it has the key of the home."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

LONGEST = 4 * 1024 * 1024
Document = dict[str, Any]


class BadLine(Exception):
    """A line that is cut short, too long, or not written with the key."""


def line_of(document: Document, key: bytes, side: str) -> bytes:
    """`side` is who says it, so that nobody can send one's own words back."""
    text = json.dumps(document, ensure_ascii=False).encode()
    return _proof(text, key, side) + b" " + text + b"\n"


def document_of(line: bytes, key: bytes, side: str) -> Document:
    proof, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or not hmac.compare_digest(proof, _proof(text, key, side)):
        raise BadLine
    document: Document = json.loads(text)
    return document


def _proof(text: bytes, key: bytes, side: str) -> bytes:
    return hmac.new(key, side.encode() + b"\0" + text, hashlib.sha256).hexdigest().encode()
