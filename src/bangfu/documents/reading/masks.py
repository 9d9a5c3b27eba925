"""What only looks like a quantity: document numbers, ordinals, headings, codes, fixed words. Its place is masked."""

from __future__ import annotations

import re

from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.numerals import CHINESE
from bangfu.documents.reading.times import Time

_N = f"[{CHINESE}\\d]+"
_LOOKALIKES = re.compile(
    "|".join(
        (
            r"[〔\[【(](?:19|20)\d{2}[〕\]】)][ \u3000]*第?\d+号?",
            r"(?:中央|省委|市委|县委)?\d+号(?:文件|文|令|公告|通知|楼|院|线)?",
            r"[一二三四五六七八九十]+号(?:文件|文|线|楼)",
            rf"第{_N}(?:至|到|—|-|、){_N}(?:[、和]{_N})*(?:项|条|款|章|批|期|次|届|名|位|种|类|组|村|个|季度)?",
            rf"第{_N}(?:个|名|次|批|轮|届|期|季度|位|条|款|项|章|节|方面|阶段|类|级|组|村|代|号|年|天|步|站|课|部分|产业|书记|[一-龥])?",
            rf"(?:排名|排|位列|位居|列|居|名列)(?:全[省市县区镇国])?(?:第|前){_N}(?:名|位)?",
            rf"(?<![学期目])前[{CHINESE[1:10]}十\d]+(?:名|位|强|列|项|类|批|种|笔|期|轮|次|条|款|组)(?!人)",
            r"[一二三四五六七八九特]等(?:奖|功)",
            r"(?<![\d.])\d{3,4}-\d{7,8}(?!\d)",
            r"(?<!\d)1[3-9]\d{9}(?!\d)",
            r"(?<!\d)\d{15,18}[\dXx]?(?!\d)",
            r"(?<!\d)\d{5}(?=热线|监督电话|举报电话|举报热线)",
            r"[A-Za-z]+-?\d+(?:\.\d+)?|\d+[A-LN-Za-jln-z]\b",
            r"\d+(?=\+)|(?<=\+)\d+",
            rf"[{CHINESE}](?:加|\+)[{CHINESE}]",
            r"(?:1|一)(?:户|村|人|家|校|镇|乡|企|事|岗|项目|县|组|屋|园)(?:1|一|多|两)(?:[策档案卡品岗业人技长校园企员牌页码表袋册方化站]|就业|对|帮)",
            rf"[\d{CHINESE}]+(?:级|类)(?=[贫残户人灾风预响建公医标])",
            rf"(?<![\d{CHINESE}])[\d一二三四五六七八九]级(?![\d{CHINESE}])",
            r"(?<![\d.])\d+年级|[一二三四五六七八九]年级",
            rf"[{CHINESE}\d]+年(?:行动|计划|规划|攻坚|方案|制|义务|禁渔|过渡期)",
            r"[一二三四五六七八九十百千\d]+(?:日|天)(?:攻坚|行动|会战|竞赛|大会战)",
            r"(?<![提超滞延])(?:上|下|前|后|(?<![工长晚迟达时期用了已])近|这|那|头|往|逐)[一两几]?(?:年|月|天|个月)(?!累计|[以之]?内)",
            rf"(?<=[村镇乡区])[{CHINESE}\d]+[组队社](?![次个])",
            rf"[{CHINESE}\d]+(?:村民)?小?组(?=村民|群众|居民|道路|公路|公里|组长|至)",
            r"[一二三四五六七八九十]+(?:期|标段)(?=工程|项目|建设)|(?<=[的、,。(])[一二三四五六]期(?=\d)",
            rf"(?<!以上)(?<!上述)[两{CHINESE}\d]+(?:项|者|类|部分|笔|块|头|边|样|下|方面|个方面)(?=资金|补贴|补助)?(?=合计|共计|共(?!同|有|涉)|总计|相加|加起来|累计)",
            r"\d+国道|\d+省道|\d+县道",
            r"\d+(?:\.\d+)?版",
            rf"{_N}楼",
            rf"{_N}年如一日|{_N}办{_N}组",
            r"(?:五|四|三|二|两)级(?!次)",
            r"(?:十|百|千|万)(?:里|村|企|校|家)(?!余)",
        )
    )
)
_CN = "一二三四五六七八九十"
_HEADINGS = re.compile(
    rf"^[ \u3000\t]*(?:第?[{_CN}]+[、.章节部](?:分)?|[((][{_CN}\d]+[))][、.]?"
    rf"|\d{{1,2}}(?:\.\d{{1,2}})+(?![\d万亿千百十余多个户人名元%‰亩米公吨斤倍平立台套间处头只株度])|\d{{1,2}}[、.](?!\d)|\d{{1,2}}\.(?=(?:19|20)\d\d年)|\d{{1,2}}[))]|[①-⑳])",
    re.MULTILINE,
)
_BULLETS = rf"[((](?:\d{{1,2}}|[{_CN}]{{1,3}})[))]|\d{{1,2}}[、.)](?!\d)"
_ORDINALS = rf"(?:[{_CN}]{{1,3}}|\d{{1,2}})(?:是|要|来)(?![一-龥]?[%])"
_ITEMS = re.compile(rf"(?<=[。;:!?,、\n )”])(?:{_BULLETS})|(?:(?<=[。;:!?,\n )])|^){_ORDINALS}", re.MULTILINE)
_NAMES = re.compile(r"《[^》\n]{1,80}》")
_LED = re.compile(f"[{CHINESE}]+")
_COUNTED_ONE = re.compile(r"一[起批片种类](?=[,。;、)\n]|$)")
_BOUND = re.compile(r"(?:近|约|超过?|逾|过|不足|不到|突破|达)$")
_SCALE_SIGNS = frozenset("十百千万亿")
_NUMERIC = frozenset(CHINESE + "几数0123456789")


class Masks:
    """Places of a text in which nothing is read as a quantity."""

    def __init__(self, text: str, times: list[Time]) -> None:
        self._taken = bytearray(len(text))
        for time in times:
            self._take(time.start, time.end)
        for pattern in (_HEADINGS, _ITEMS, _NAMES, _LOOKALIKES):
            for match in pattern.finditer(text):
                self._take(match.start(), match.end())
        for match in lexicon().fixed.finditer(text):
            if not (_continues(text, match) or _is_measured(text, match)):
                self._take(match.start(), match.end())

    def holds(self, at: int) -> bool:
        return bool(self._taken[at])

    def _take(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)


def _continues(text: str, match: re.Match[str]) -> bool:
    """二百名 is no 百名, 近百名 none either, and 合一万 no 合一: the fixed word is a piece of a numeral."""
    at, end = match.start(), match.end()
    if match[0][-1] in _NUMERIC and text[end : end + 1] in _SCALE_SIGNS and len(match[0]) > 1:
        return True
    if match[0].endswith("分") and text.startswith("之", end):
        return True
    if match[0][0] not in _NUMERIC:
        return False
    return (at > 0 and text[at - 1] in _NUMERIC) or (
        match[0][0] in "百千万" and _BOUND.search(text, max(0, at - 2), at) is not None
    )


def _is_measured(text: str, match: re.Match[str]) -> bool:
    """三公里 is no 三公, 一起 after 电线短路的 no 一起: a longer unit begins in the fixed word, or the word closes a count."""
    numeral = _LED.match(match[0])
    if numeral is None:
        return False
    unit = lexicon().unit_at.match(text, match.start() + numeral.end())
    if unit is not None and unit.end() > match.end():
        return True
    return (
        _COUNTED_ONE.match(text, match.start()) is not None
        and text[match.start() - 1 : match.start()] == "的"
    )
