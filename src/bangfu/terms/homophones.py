"""How a Chinese text sounds: the ground on which 峰杰 and 峰洁, or 金锋村 and 金峰村, are taken for one."""

from __future__ import annotations

from functools import lru_cache

_sound_of_character: dict[str, str] = {}


@lru_cache(maxsize=400_000)
def sound_of(text: str) -> str:
    """The toneless pinyin of each character, joined by blanks; a character without pinyin stands for itself.

    Characters are read one by one: pypinyin reads 重 in 重庆 and in 张重 differently, and then the same
    character in two names would not sound the same.
    """
    return " ".join(map(_read_character, text))


def _read_character(character: str) -> str:
    sound = _sound_of_character.get(character)
    if sound is None:
        from pypinyin import lazy_pinyin  # half a second of every command, and most read no sound

        sound = _sound_of_character[character] = lazy_pinyin(character)[0]
    return sound
