"""What a database says when its disk, file or lock fails, in words that tell the user what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from bangfu.config.env import read_env
from bangfu.terms.errors import UserError

_WORDS = (
    (("full", "No space left", "File too large", "disk I/O error"), "磁盘写满了或写不进去,请清理磁盘后重试"),
    (("malformed", "not a database", "corrupt"), "数据库文件损坏。请不要改动它,用 bangfu restore 从备份恢复"),
    (("readonly", "read-only", "attempt to write"), "没有写的权限,请检查文件夹的权限"),
    (("unable to open", "could not connect", "connection failed"), "数据库打不开,请检查它是否在、是否有权限"),
    (("locked",), "数据库被另一个程序锁住,请关闭它后重试"),
)


@contextmanager
def in_words() -> Iterator[None]:
    """Turns what the machine's state makes a database say into a UserError; everything else is a bug and stays one."""
    try:
        yield
    except (DatabaseError, OSError) as error:
        said = _advice(error)
        if said is None:
            raise
        raise UserError(f"{read_env().home}:{said}({error})。这次没有写入") from error


def told(error: BaseException) -> str | None:
    """What to tell people of an error: the words of a UserError, advice on the machine's state; None for a bug."""
    if isinstance(error, UserError):
        return str(error)
    said = _advice(error)
    return None if said is None else f"{said}。这次没有写入"


def _advice(error: BaseException) -> str | None:
    if not isinstance(error, DatabaseError | OSError):
        return None
    said = str(error)
    return next((advice for words, advice in _WORDS if any(word in said for word in words)), None)
