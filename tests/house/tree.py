"""The files of this repository that git keeps or would keep."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bangfu"
_NOT_OURS = {".git", ".venv", "out", "dist", "build", "__pycache__", ".hypothesis"}


@cache
def kept_files() -> tuple[Path, ...]:
    """Every kept file; in an unpacked archive, unknown to git, every file that is no build product."""
    # safe.directory: in a container the tree often belongs to another user than the one who tests
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return tuple(_walk(ROOT))
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def _walk(root: Path) -> list[Path]:
    found: list[Path] = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _NOT_OURS and not name.endswith("_cache")]
        found.extend(Path(folder) / name for name in files)
    return found


def text_of(path: Path) -> str | None:
    """The text of a file, None for a binary one."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
