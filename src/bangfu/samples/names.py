"""Invented personal names, no two alike within a village, so that a list without numbers can still be joined."""

from __future__ import annotations

from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_MALE = "伟强军勇杰涛超明刚平辉鹏华飞斌波宇浩凯健俊帆旭宁磊锋栋成光安庆良海山仁义信彬泽远林松柏"
_FEMALE = "芳娜敏静丽艳娟霞玲燕红梅兰英洁云莲雪琳晶妍茜秋珊莎倩婷宁欣怡佳雯琴菊蓉薇翠香月桂巧"


class Names:
    """Draws full names; `new_village` forgets those given before."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new_village(self) -> None:
        self._given.clear()

    def surname(self, rng: Random) -> str:
        return rng.choice(_SURNAMES)

    def full_name(self, rng: Random, sex: str, surname: str = "") -> str:
        letters = _MALE if sex == "男" else _FEMALE
        for attempt in range(1000):
            family = surname if surname and attempt < 50 else self.surname(rng)
            name = family + "".join(rng.sample(letters, 1 if rng.random() < 0.1 and attempt < 3 else 2))
            if name not in self._given:
                self._given.add(name)
                return name
        raise ValueError("too many households in one village for distinct names")
