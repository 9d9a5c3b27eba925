"""Django's settings, from the table in `env`."""

from __future__ import annotations

import secrets
from typing import Any

from bangfu.config.env import BUSY_SECONDS, Env, read_env


def databases(env: Env) -> dict[str, dict[str, Any]]:
    if env.server is not None:
        server = env.server
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": server.name,
                "USER": server.user,
                "PASSWORD": server.password,
                "HOST": server.host,
                "PORT": server.port,
            }
        }
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.sqlite_path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": BUSY_SECONDS,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536",
            },
        }
    }


DATABASES = databases(read_env())
INSTALLED_APPS = ["bangfu.office", "bangfu.registry", "bangfu.ledger", "bangfu.intake", "bangfu.findings"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
SECRET_KEY = secrets.token_hex()  # nothing is signed yet: a key for each process
