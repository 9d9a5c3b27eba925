"""What a quantity counts: the noun phrase before it, or after its classifier, in short."""

from __future__ import annotations

import re

from bangfu.documents.reading.structure import Mention, Sentence

_TIMES = re.compile(
    r"(?:截至|截止|到)?(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?[度底末初]?|(?:截至|截止)?\d{1,2}月(?:\d{1,2}日)?[底末初份]?|"
    r"今年(?:以来)?|去年|上年|全年|上半年|截至目前|目前"
)
_LEADING = re.compile(
    r"^(?:[一二三四五六七八九十]是|其中|同时|另外|此外|以及|和|及|与|或|并|、|:|全[省市县区镇乡村]|我[省市县区镇乡村局]|截至目前|目前|现有|现|已|共|累计|合计|总计|共计|先后|"
    r"通过|对|将|为|有|是|在|按|按照|约|近|落实|发放|完成|实施|开展|组织|享受|给予|投入|新增|安置|带动|帮助|惠及|覆盖|涉及|建成|新建|形成|实现|核定|纳入|签约服务|拨付|下达|争取|的|了)+"
)
_TRAILING = re.compile(
    r"(?:累计|合计|总计|共计|共|分别为|分别|达到|达|为|是|有|计|约|近|突破|超过|增加到|增加|减少|提高到|下降到|下降至|降至|降到|到|至|了|占|的|于|投入|补助|发放)+$"
)
_NOUN_AFTER = re.compile(r"的?([一-龥·]{2,14})")
_VERB = re.compile(
    r"(?:已|均|全|被|得到|实现|参加|享受|受益|纳入|脱贫|出列|完成|正在|通过|未|进行|签订|落实|发放|参与|开展|投入|用于|作为|就业|接受|获得|达到|达|实施|为|在|是|有|共|和|与|及|的|等|按|从|由|到|对)"
)
_FRONT_UNITS = frozenset(
    {"户", "人", "人次", "户次", "元", "比例", "百分点", "亩", "米", "平方米", "公斤", "千瓦"}
)


def subjects_of(sentences: list[Sentence]) -> dict[int, str]:
    """By the quantity's index."""
    found: dict[int, str] = {}
    for sentence in sentences:
        last = ""
        for mention in sentence.mentions:
            last = _subject(mention) or last
            found[mention.index] = last
    return found


def _subject(mention: Mention) -> str:
    before, after = noun_before(mention.left), noun_after(mention.right)
    if mention.quantity.base_unit in _FRONT_UNITS:
        return before or after
    return after or before


def noun_before(left: str) -> str:
    words = _LEADING.sub("", _TIMES.sub("", left).strip(" \u3000\t“”‘’"))
    return _TRAILING.sub("", words).strip("“”‘’、 的")[-20:]


def noun_after(right: str) -> str:
    match = _NOUN_AFTER.match(right.strip(" “”"))
    if match is None:
        return ""
    return _VERB.split(match[1], maxsplit=1)[0]
