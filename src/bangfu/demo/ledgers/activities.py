"""What the office did besides: commendations, talks, news, study, supervision, and what was signed.

Published of 2019: three stars of the city and ten of the town, three talks before some 200 people, some 15 news.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Values
from bangfu.demo.ledgers.help import Secretaries
from bangfu.samples.places import Village

STAR = "脱贫之星"
_STARS = (("县市级", "市扶贫攻坚领导小组", 3, 20200109), ("镇级", "茶庵岭镇党委、政府", 10, 20200116))
_NOT_CHOSEN = ("代", "贺", "李")
"""Surnames that the report gives those it praises: nobody invented shall look like them."""
_TALKS = ((20190418, 72), (20190723, 68), (20191030, 66))
_NEWS = (
    ("省级扶贫网站", "省级", 6),
    ("省级党报", "省级", 2),
    ("地市党报", "地市级", 4),
    ("市政府门户网站", "县市级", 4),
)
_SUBJECTS = ("产业奖补到户", "车间里的就业", "驻村日记", "饮水工程通水", "茶园里的合作社", "脱贫户的新房")


def add_commended(rng: Random, block: Block) -> None:
    """The stars, from households that stand on their own."""
    fitting = [home for home in block.homes if _may_be_praised(home)]
    chosen = rng.sample(fitting, sum(count for _, _, count, _ in _STARS))
    for nth, (level, by, count, day) in enumerate(_STARS, 1):
        number = f"HD{YEAR}{nth:03d}"
        row = _activity(number, "表彰", f"表彰{YEAR}年度{STAR}", day, persons=count, level=level)
        block.give_town("activity", {**row, "organiser": by, "honour": STAR})
        for _ in range(count):
            person = {"activity_no": number, "activity_role": "受表彰人", "data_year": YEAR}
            block.give(
                "activity_person",
                chosen.pop(),
                None,
                {**person, "honour": STAR, "level": level, "signed_on": day},
            )


def _may_be_praised(home: Home) -> bool:
    is_helped = home.is_dibao or home.is_tekun or home.is_monitored
    return not is_helped and home.has_able and not home.head.person.name.startswith(_NOT_CHOSEN)


def _activity(
    number: str, kind: str, title: str, day: int, *, persons: int | None = None, level: str = "镇级"
) -> Values:
    return {
        "activity_no": number,
        "activity_kind": kind,
        "title": title,
        "data_year": YEAR if kind == "表彰" else day // 10000,
        "held_on": day,
        "level": level,
        "persons": persons,
        "has_photo": True,
    }


def add_activities(rng: Random, block: Block, villages: Sequence[Village], first: Secretaries) -> None:
    rows = [*_talks(), *_news(rng), *_meetings(rng)]
    for nth, row in enumerate(rows, len(_STARS) + 1):
        block.give_town("activity", {**row, "activity_no": f"HD{nth:04d}"})
    for nth, village in enumerate(villages, 1):
        for kind, title, day in (
            ("责任状", "决战决胜脱贫攻坚责任状", 20200312),
            ("承诺书", "驻村帮扶承诺书", 20200316),
        ):
            number = f"{'ZR' if kind == '责任状' else 'CN'}2020{nth:02d}"
            row = _activity(number, kind, title, day, persons=1, level="村级")
            block.give_outsider("activity", village, {**row, "copies": 1, "until_on": 20201231})
            name, _ = first[village.code]
            signed = {"activity_no": number, "activity_role": "签订人", "data_year": 2020, "signed_on": day}
            block.give_outsider("activity_person", village, {**signed, "full_name": name, "unit": "第一书记"})


def _talks() -> list[Values]:
    return [
        {
            **_activity("", "宣讲", f"精准扶贫宣讲第{nth}场", day, persons=persons),
            "organiser": "市宣讲团",
            "has_sign_in": True,
        }
        for nth, (day, persons) in enumerate(_TALKS, 1)
    ]


def _news(rng: Random) -> list[Values]:
    found: list[Values] = []
    for medium, level, count in _NEWS:
        for _ in range(count):
            day = YEAR * 10000 + rng.randint(1, 12) * 100 + rng.randint(1, 28)
            title = f"茶庵岭镇:{rng.choice(_SUBJECTS)}({len(found) + 1})"
            found.append(
                {**_activity("", "新闻报道", title, day, level=level), "medium": medium, "copies": 1}
            )
    return found


def _meetings(rng: Random) -> list[Values]:
    """Study every month, supervision every quarter, and the meeting at which the report was read."""
    study = [
        _activity(
            "",
            "学习会",
            f"{month}月脱贫攻坚专题学习",
            YEAR * 10000 + month * 100 + 12,
            persons=rng.randint(28, 40),
        )
        for month in range(1, 13)
    ]
    watch = [
        _activity("", "督查", f"第{quarter}季度脱贫攻坚督查", YEAR * 10000 + quarter * 300 + 20, persons=6)
        for quarter in range(1, 5)
    ]
    work = _activity("", "会议部署", "2020年乡村振兴暨脱贫攻坚工作会", 20200422, persons=86)
    return [*study, *watch, work]
