"""Figures that are said of one: 户均, 每人每月300元, 15元/亩, 均价; of one what, and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.certain.products.words import (
    ALLOT,
    ALLOTTED,
    AVERAGE,
    BARE,
    CHANGED,
    CROP,
    CROP_OF_MU,
    DAILY,
    DOING,
    EACH_GETS,
    GROUP_END,
    LAST_EACH,
    LIMIT,
    MEAN,
    MEAN_OF,
    MONTHLY,
    NEW_ONE,
    NOUN_MEAN,
    OF_UNIT,
    ONLY_TERM,
    OTHER_TIME,
    PAID_BY,
    PAYER,
    PER,
    PLAIN_MEAN,
    PRICE,
    PRICED,
    RAISED,
    SAID_NOW,
    SCALE,
    SLASHED,
    SOLD,
    SPOKEN_OF,
    SUFFIX,
    TAKEN,
    TERM_FIRST,
    TERMS,
    TIMES,
    UNITS,
    VERB,
    WHOLE,
)
from bangfu.documents.reading.structure import Mention

_SHORT = 10


@dataclass(frozen=True)
class Each:
    """`unit` as written, `noun` what follows it (每个车间) or stands for it (车均), `term` 月, 天 … or empty."""

    mention: Mention
    unit: str
    noun: str
    term: str
    what: str
    is_mean: bool

    @property
    def units(self) -> tuple[str, ...]:
        return UNITS.get(self.unit, (self.unit,)) if self.unit else ()

    @property
    def scale(self) -> Decimal:
        return SCALE.get(self.unit, Decimal(1))


def each_of(mention: Mention) -> Each | None:
    """What the figure is said of; None where it is said of no one thing, of a limit or of a change."""
    quantity = mention.quantity
    is_one = quantity.base_value == 1 and quantity.kind != "money"
    if quantity.kind in BARE or not quantity.base_value or is_one:
        return None
    if quantity.per and (match := SUFFIX.match(quantity.per)):
        return _made(mention, match["unit"] or "", "", match["term"] or "", mention.left, False)
    if quantity.kind == "money" and (match := SLASHED.match(mention.right)):
        return _made(mention, match["unit"], "", match["term"] or "", mention.left, False)
    words = mention.left
    if LIMIT.search(words) or RAISED.search(words) or _is_of_other_time(mention, words):
        return None
    if (match := SPOKEN_OF.search(mention.gap)) and SAID_NOW.search(words):
        return _made(mention, match["unit"], "", "", match["what"], True)
    return _worded(mention, words)


def _is_of_other_time(mention: Mention, words: str) -> bool:
    """由每人70元提高到80元; but 由村集体每人奖300元 tells who pays."""
    found = OTHER_TIME.search(words)
    if found is None:
        return False
    return (
        not found[0].startswith("由") or not PAYER.match(found[0]) or CHANGED.match(mention.right) is not None
    )


def each_of_one(mention: Mention, last: Mention) -> Each | None:
    """每产一头另给200元, 每新增1户补助3000元: the one is a figure of its own right before."""
    one = last.quantity
    beside = (last.sentence, last.segment) == (
        mention.sentence,
        mention.segment,
    ) and last.index == mention.index - 1
    if (
        not beside
        or one.base_value != 1
        or one.kind not in WHOLE
        or mention.quantity.kind == "money" == one.kind
    ):
        return None
    match = NEW_ONE.search(last.left)
    stops = "," in mention.gap and len(mention.gap) > _SHORT
    if match is None or stops or LIMIT.search(mention.left) or mention.quantity.kind != "money":
        return None
    return _made(mention, one.base_unit, "", "", mention.left, False)


def each_of_words(mention: Mention, words: str) -> Each | None:
    """The same by other words than its own: those of what it was raised from."""
    return _worded(mention, words)


def _worded(mention: Mention, words: str) -> Each | None:
    before = ""
    if match := TERM_FIRST.search(words):
        before, words = match["term"], words[match.end() :]
    if match := CROP.search(words):
        return _made(mention, match["unit"], "", "", match["what"], True)
    if CROP_OF_MU.search(words):
        return _made(mention, "亩", "", "", "单产", True)
    if match := PLAIN_MEAN.search(words):
        return _made(mention, match["unit"], "", "", match["what"], True)
    if match := MEAN_OF.search(words):
        return _made(mention, match["unit"].removesuffix("头"), "", "", match["what"], True)
    if match := OF_UNIT.search(words):
        return _made(mention, match["unit"], "", "", match["what"], False)
    if EACH_GETS.search(words):
        return _made(mention, "", "", "", ALLOT, False)
    if not any(cue.search(words) for cue in (LAST_EACH, DAILY, PRICE, ALLOTTED, MONTHLY)):
        return None
    is_mean = bool(AVERAGE.search(words)) or words.startswith("均")
    if match := MEAN.search(words):
        return _mean(mention, match)
    if match := DOING.search(words):
        return _made(mention, match["unit"], "", "", match["what"], False)
    if match := PER.search(words):
        return _per(mention, match, before, is_mean=is_mean)
    return _without_unit(mention, words, is_mean=is_mean)


def _mean(mention: Mention, match: re.Match[str]) -> Each:
    """户均, 月人均, 人均次; of 月均 the thing is the month."""
    unit, what = match["unit"], match["what"]
    if what.startswith("次"):
        unit = {"人": "人次", "户": "户次"}.get(unit, unit)
    if unit in ("年", "月", "日", "天"):
        owner = PER.search(match.string[: match.start("unit")])
        if owner is not None and (each := _per(mention, owner, unit, is_mean=True)) is not None:
            return each
        return _made(mention, "", "", unit, what, True)
    return _made(mention, unit, "", match["term"] or match["before"] or _paid_by(what), what, True)


def _per(mention: Mention, match: re.Match[str], before: str, *, is_mean: bool) -> Each | None:
    """每人每月, 每个车间, 一亩."""
    unit, noun, what = match["unit"] or "", match["what"].strip() or match["noun"] or "", match["what"]
    if match["one"] and not _is_sold(mention, match):
        return None
    if unit == "年":
        return None
    if unit in TIMES:
        return _made(mention, "", "", unit, what, is_mean)
    if match["thing"] is not None:
        noun = VERB.sub("", match["thing"] + what.strip())
        unit = next((known for known in ("工", "村", "镇", "乡", "县") if noun.startswith(known)), "个")
        unit = {"工": "个工"}.get(unit, unit)
        if unit == "个" and (group := GROUP_END.search(noun)):
            unit, noun = group["unit"], ""
    return _made(mention, unit, noun, match["term"] or before or _paid_by(noun), what, is_mean)


def _is_sold(mention: Mention, match: re.Match[str]) -> bool:
    """一亩480元, 一天260元; 一个人拿了8750元 is a person."""
    words = match.string[match.end("one") :]
    return mention.quantity.kind == "money" and match["unit"] in SOLD and not TAKEN.search(words)


def _without_unit(mention: Mention, words: str, *, is_mean: bool) -> Each | None:
    """每月, 各补助, 单价, 日工资: of one what, the words around say."""
    if (match := ONLY_TERM.search(words)) and match["term"] not in ("年", "年度"):
        return _made(mention, "", "", match["term"], match["what"], is_mean)
    if ALLOTTED.search(words):
        return _made(mention, "", "", "", ALLOT, False)
    if PRICE.search(words) and mention.quantity.kind == "money":
        return _made(mention, "", "", "", PRICED, False)
    if match := DAILY.search(words) or MONTHLY.search(words):
        return _made(mention, "", "", match["term"], "", is_mean)
    if match := NOUN_MEAN.search(words):
        return _made(mention, "个", match["noun"], "", match["what"], True)
    return None


def _paid_by(words: str) -> str:
    """月 in 护路员月工资."""
    paid = PAID_BY.search(words)
    return paid["term"] if paid is not None else ""


def _made(mention: Mention, unit: str, noun: str, term: str, what: str, is_mean: bool) -> Each:
    return Each(mention, unit, noun, TERMS.get(term, term), what.strip(), is_mean)
