"""How a personal name is read aloud: its pinyin, to sort by, and its initials, to be found by (wjg for 王建国)."""

from __future__ import annotations

from functools import lru_cache

from bangfu.terms.homophones import sound_of

_READ_OTHERWISE = """
单 shan 解 xie 曾 zeng 仇 qiu 查 zha 区 ou 朴 piao 盖 ge 覃 qin 乐 yue 缪 miao 种 chong 繁 po 黑 he 折 she 翟 zhai
隗 wei 员 yun 郇 xun 秘 bi 能 nai 乜 nie 祭 zhai 洗 xian 句 gou 阚 kan 卜 bu 佴 nai 召 shao 都 du 薄 bo 藏 zang
尉迟 yu_chi 万俟 mo_qi 澹台 tan_tai 单于 chan_yu 长孙 zhang_sun
"""
_WORDS = _READ_OTHERWISE.split()
_SURNAMES = dict(zip(_WORDS[::2], (word.replace("_", " ") for word in _WORDS[1::2]), strict=True))
"""Surnames that are read otherwise than their characters are elsewhere."""


@lru_cache(maxsize=400_000)
def reading_of(name: str) -> str:
    """Toneless syllables joined by blanks, the surname in its own reading; a character without pinyin is itself."""
    for length in (2, 1):
        reading = _SURNAMES.get(name[:length])
        if reading is not None:
            return f"{reading} {sound_of(name[length:])}".strip()
    return sound_of(name)


@lru_cache(maxsize=400_000)
def initials_of(name: str) -> str:
    """The first letter of each syllable in small letters: wjg. Letters and digits of a name stand for themselves."""
    return "".join(syllable[0] for syllable in reading_of(name).lower().split())
