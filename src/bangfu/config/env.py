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


def _own_folder(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser()
    if not (path / "programmes").is_dir():
        raise ValueError("应是一个政策规则文件夹(里面有 programmes、checks 等),留空用程序自带的")
    return path.resolve()


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


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split())
    if not names:
        raise ValueError("应是一个或几个主机名,用空格隔开")
    return names


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("应是 yes 或 no")
    return text == "yes"


def _minutes(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("应是大于 0 的分钟数")
    return int(text)


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 2_000:
        raise ValueError("应是 1 到 2000 之间的 MB 数")
    return int(text)


SETTINGS = (
    Setting("BANGFU_HOME", "home", _folder, "台账所在的文件夹(数据库、原始文件、快照、备份)"),
    Setting("BANGFU_DATABASE", "", _server, "PostgreSQL 地址;留空用台账文件夹里的 SQLite"),
    Setting("BANGFU_HOSTS", "127.0.0.1 localhost [::1]", _names, "浏览器里可以用哪些主机名打开工作台"),
    Setting("BANGFU_HTTPS", "no", _yes_no, "工作台是否只通过 HTTPS 打开(前面有反向代理时写 yes)"),
    Setting("BANGFU_IDLE", "30", _minutes, "多少分钟没有操作就要重新登录"),
    Setting("BANGFU_DAILY", "yes", _yes_no, "每天自动督办超期、计算当天的指标;写 no 就只在有人要的时候做"),
    Setting("BANGFU_UPLOAD", "50", _megabytes, "上传的一个文件最多多少 MB"),
    Setting("BANGFU_RULEBOOK", "", _own_folder, "本单位自己的政策规则文件夹;留空用程序自带的"),
)


_ATTRIBUTES = {
    "BANGFU_HOME": "home",
    "BANGFU_DATABASE": "server",
    "BANGFU_HOSTS": "hosts",
    "BANGFU_HTTPS": "is_https",
    "BANGFU_IDLE": "idle_minutes",
    "BANGFU_DAILY": "is_daily",
    "BANGFU_UPLOAD": "upload_megabytes",
    "BANGFU_RULEBOOK": "rulebook",
}


@dataclass(frozen=True)
class Env:
    """The settings as read."""

    home: Path
    server: Server | None
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    is_https: bool = False
    idle_minutes: int = 30
    is_daily: bool = True
    upload_megabytes: int = 50
    rulebook: Path | None = None

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
    return Env(**{_ATTRIBUTES[name]: value for name, value in values.items()})  # type: ignore[arg-type]
