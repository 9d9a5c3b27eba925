"""The one table of settings: what each is called in the environment, its type, default and meaning."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

BUSY_SECONDS = 600  # how long a writer waits for another one's transaction; it says that it waits


class SettingError(ValueError):
    """A setting that cannot be used: start-up stops and names it."""


@dataclass(frozen=True)
class Server:
    """A PostgreSQL database."""

    name: str
    user: str
    password: str
    host: str
    port: str


@dataclass(frozen=True)
class Setting:
    """One line of the table: `read` turns the text into the value or raises ValueError saying what was expected."""

    name: str
    default: str
    read: Callable[[str], object]
    meaning: str


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError("应是一个文件夹")
    return path


def _server(text: str) -> Server | None:
    if not text:
        return None
    url = urlsplit(text)
    name = url.path.lstrip("/")
    if url.scheme not in ("postgresql", "postgres") or not name:
        raise ValueError("应写成 postgresql://用户:密码@主机:端口/库名,留空则用家目录里的 SQLite")
    host = url.netloc.rpartition("@")[2].removesuffix(
        f":{url.port}"
    )  # `hostname` would lose a socket's capitals
    return Server(
        unquote(name),
        unquote(url.username or ""),
        unquote(url.password or ""),
        unquote(host),
        str(url.port or ""),
    )


SETTINGS = (
    Setting("BANGFU_HOME", "home", _folder, "台账所在的文件夹(数据库、原始文件、快照、备份)"),
    Setting("BANGFU_DATABASE", "", _server, "PostgreSQL 地址;留空用台账文件夹里的 SQLite"),
)


@dataclass(frozen=True)
class Env:
    """The settings as read."""

    home: Path
    server: Server | None

    @property
    def sqlite_path(self) -> Path:
        return self.home / "bangfu.sqlite3"


def read_env(environ: Mapping[str, str] | None = None) -> Env:
    """SettingError names every setting that cannot be used."""
    given = os.environ if environ is None else environ
    values: dict[str, object] = {}
    wrong: list[str] = []
    for setting in SETTINGS:
        text = given.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(text)
        except ValueError as error:
            wrong.append(f"{setting.name}(现在是 {text!r}):{error}")
    if wrong:
        raise SettingError("设置有误:" + ";".join(wrong))
    home, server = values["BANGFU_HOME"], values["BANGFU_DATABASE"]
    assert isinstance(home, Path)
    assert server is None or isinstance(server, Server)
    return Env(home, server)
