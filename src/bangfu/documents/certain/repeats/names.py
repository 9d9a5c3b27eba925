"""What a figure is called, and how much of a later figure's name an earlier one shares, rare words counting more."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_HAN = re.compile("[一-龥]")
_PAIRS = re.compile("(?=([一-龥]{2}))")
_EMPTY = re.compile(
    r"其中|分别|共计|合计|总计|累计|一共|达到|截至|截止|目前|以上|上述|前述|全年|今年|本年度?|我[县镇乡村市区]|全[县镇乡村市区省]|本[县镇乡村月季]|"
    r"综上|总之|总的[来看说]*|总体[来看上]*|小结|(?<![签合节解])约|[已均共达为有的了等占和与及各由把被将是在对从这那个]|(?:19|20)\d\d年?|\d+月?"
)
_SENSES = tuple(
    (f"={words[:3]}", frozenset(each[0] for each in words.split("|")), re.compile(words))
    for words in (
        r"未|没|无(?!障碍)|尚|待|剩|余|欠|还差|尚缺|缺口|遗留",
        r"务工|就业|上岗|稳岗|打工|转移",
        r"脱贫(?!户|人|劳|村|家|群|地|县|攻|成)|减贫|退出|出列|摘帽",
        r"搬迁|安置|易地|入住",
        r"学生|在校|就读|学童|受助|助学|资助",
        r"参保|缴费|投保|承保|参合",
        r"报销|赔付|理赔|补偿|救治|就医|住院",
        r"投入|投资|资金|经费|支出|拨付|下达|到位|安排|筹集|筹措|争取|协调",
        r"补助|补贴|奖补|发放|兑付|兑现|打卡|直补",
        r"收入|卖|销售|产值|营收|销额|进账|成交|创收",
        r"工资|薪|报酬|劳务费",
        r"造林|植树|栽植|绿化|育林",
        r"公路|道路|里程|通村|通组|硬化|路",
        r"隐患|风险点|灾害点|问题|线索|疑点",
        r"转移|撤离|避险|疏散",
        r"贷款|信贷|贷|放款|授信",
        r"养殖|存栏|出栏|饲养|喂养",
        r"种植|面积|基地|亩",
        r"培训|学员|办班|取证",
        r"住房|危房|房屋|修缮|改造",
        r"新识别|新增|新纳入|新发现|增加|净增",
        r"残疾|持证|残联|康复",
        r"低保|在保|保障对象|兜底",
        r"签约|签下|签订|签署|新签|协议|引进项目|招商",
        r"党员|干部|队员|驻村",
        r"捐|募|善款",
        r"立案|查处|查办|案件",
        r"接待|游客|旅游|客流",
        r"整改|改完|办结|销号|完结|办理",
        r"开工|动工|在建|施工|复工",
        r"完工|竣工|建成|验收|交付",
        r"检查|督查|抽查|核查|巡查|暗访|排查",
        r"走访|入户|慰问|探访|回访",
        r"分红|红利|返还",
        r"合同(?:总)?(?:价|金额|额)|成交(?:价|金额)|中标(?:价|金额)|总价|价款",
        r"得分|评分|总分|综合分|评价分",
    )
)
"""Of each sense its mark, the signs with which its words begin, and the words."""
_BY_FIRST: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _mark, _signs, _sense in _SENSES:
    for _sign in _signs:
        _BY_FIRST.setdefault(_sign, []).append((_mark, _sense))
_STARTS = frozenset(_BY_FIRST)
_GROWS_TO = re.compile(
    r"[,、]?(?:提高|提升|扩大|发展|增加|增长|壮大|上升|下降|减少|降低|回落|压减|降|扩|升|提|增|减)(?:到|至|为)(?:了|目前的?|现在的?|今年的?|当前的?|约)*"
)
_FROM = re.compile(r"由(?!于)|从(?!事)")
_SAYS_NOTHING = re.compile(
    r"[,、]?(?:涉及|惠及|带动|覆盖|两者|[两三四五六]项)?(?:资金|金额|人口|群众|人数|户数)?(?:为|是|约|达|共计?|合计|总计|累计|总共|计|一共)?"
)
_GENERIC = re.compile(
    r"益群|群众|及群|盖群|益人|益户|益农|面积|总面|总额|金额|总数|人数|户数|总人|总户|数量|规模|总量|占比|比例|合格|涉及|惠及|受益|覆盖|投入|支出|发放"
)
_GENERIC_WEIGHT = 0.6
_SENSE_WEIGHT = 1.5
_HEADING = 24
_FAR = 0.5


@dataclass(frozen=True)
class Name:
    """The pairs of neighbouring signs of its own clause, and of what stands around it."""

    near: frozenset[str]
    far: frozenset[str]


class _Weights(dict[str, float]):
    """How much each pair says: the rarer in the text, the more."""

    def __init__(self, scene: Scene) -> None:
        self._flat, self._size = scene.reading.flat, max(len(scene.mentions), 20)

    def __missing__(self, pair: str) -> float:
        found = self[pair] = _SENSE_WEIGHT if pair[0] == "=" else self._of_signs(pair)
        return found

    def _of_signs(self, pair: str) -> float:
        most = _GENERIC_WEIGHT if _GENERIC.match(pair) else 4.0
        return min(most, max(0.2, math.log(self._size / max(self._flat.count(pair), 1)) - 0.5))


@dataclass
class Names:
    """The names of a scene's figures; what is looked up once is remembered."""

    scene: Scene
    _names: dict[int, Name] = field(default_factory=dict)
    _shared: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)
    _sizes: dict[int, float] = field(default_factory=dict)
    _heads: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._weights = _Weights(self.scene)
        for column in self.scene.reading.columns:
            for index in (*column.items, column.total):
                self._heads[index] = column.head

    @cached_property
    def _telling(self) -> str:
        """The text with blanks for the words that say nothing."""
        return _EMPTY.sub(_blank, self.scene.reading.flat)

    def of(self, mention: Mention) -> Name:
        if mention.index not in self._names:
            self._names[mention.index] = self._name(mention)
        return self._names[mention.index]

    def left(self, mention: Mention) -> str:
        """The words before it in its clause, or before the figures that it stands with: 未消除41户、140人."""
        if not _HAN.search(mention.left):
            return self.scene.label(mention)
        if _SAYS_NOTHING.fullmatch(mention.left):
            return self._with_before(mention)
        return self._of_start(mention) if _GROWS_TO.fullmatch(mention.left) else mention.left

    def _with_before(self, mention: Mention) -> str:
        """未整改到位的4条,涉及金额225.3万元; 两者共900万元: called as what stands before."""
        before = self.scene.before(mention)
        if not before or ";" in mention.gap:
            return mention.left
        last = before[-1]
        return f"{last.left}{last.right[:6]} {mention.left}"

    def _of_start(self, mention: Mention) -> str:
        """签约率由97.4%升到今年的99%: the latter is called as what it grew from."""
        at = self.scene.place_of(mention)
        last = self.scene.mentions[at - 1] if at else mention
        if last.sentence != mention.sentence or not last.is_like(mention):
            return mention.left
        name = _FROM.split(last.left)[0]
        return name if name != last.left else mention.left

    def _name(self, mention: Mention) -> Name:
        flat, scene = self.scene.reading.flat, self.scene
        near = pairs_of(
            f"{self.left(mention)[-24:]} {mention.right[:10]} {self._heads.get(mention.index, '')}"
        )
        sentence = scene.sentence_of(mention)
        line = flat.rfind("\n", 0, mention.quantity.start) + 1
        far = _pairs_kept(flat[line : line + _HEADING])
        if (label := scene.label(mention)) or mention.quantity.subject:
            far |= _pairs_kept(label) | _pairs_kept(mention.quantity.subject)
        start, end = max(sentence.start, mention.quantity.start - 60), mention.quantity.start
        far |= _pairs_and_senses(self._telling[start:end], flat[start:end])
        return Name(near, far - near)

    def shared(self, first: Mention, second: Mention) -> tuple[float, float]:
        """How much of the second's name the first has too, and which part of it that is."""
        key = first.index, second.index
        if key not in self._shared:
            self._shared[key] = self._share(first, second)
        return self._shared[key]

    def size(self, mention: Mention) -> float:
        """How much its own clause says."""
        if mention.index not in self._sizes:
            self._sizes[mention.index] = self._worth(self.of(mention).near)
        return self._sizes[mention.index]

    def common(self, first: Mention, second: Mention) -> float:
        """What both are called in their own clauses."""
        return self._worth(self.of(first).near & self.of(second).near)

    def heard(self, first: Mention, second: Mention) -> bool:
        """Whether anything of the second's own clause was said about the first."""
        one = self.of(first)
        return not self.of(second).near.isdisjoint(one.near | one.far)

    def _share(self, first: Mention, second: Mention) -> tuple[float, float]:
        one, two = self.of(first), self.of(second)
        said, aside = self._worth(two.near & one.near), self._worth(two.near & one.far)
        said += _FAR * (aside + self._worth(two.far & one.near))
        if not said:
            return 0.0, 0.0
        whole = self.size(second)
        return said, said / whole if whole else 0.0

    def _worth(self, pairs: frozenset[str]) -> float:
        return sum(map(self._weights.__getitem__, pairs))


@lru_cache(maxsize=4_000)
def _pairs_kept(words: str) -> frozenset[str]:
    """Of words that many figures have in common."""
    return pairs_of(words)


def pairs_of(words: str) -> frozenset[str]:
    """Each two neighbouring signs, and a mark for each sense that the words have."""
    return _pairs_and_senses(_EMPTY.sub(" ", words), words)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _pairs_and_senses(telling: str, words: str) -> frozenset[str]:
    found = set(_PAIRS.findall(telling))
    for sign in _STARTS.intersection(words):
        for mark, sense in _BY_FIRST[sign]:
            if mark not in found and sense.search(words):
                found.add(mark)
    return frozenset(found)
