"""Which limit governs an amount: the one of its own sentence, line or subject; another product's limit is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps.limits import Limit, lead_of
from bangfu.documents.reading.structure import Mention

_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("贷", re.compile(r"信贷|贷款|贷|放款|授信")),
    ("借", re.compile(r"借款|借出|互助资金|借给")),
    ("奖", re.compile(r"奖补|奖励|奖")),
    ("救", re.compile(r"救助|救济|救急")),
    ("赔", re.compile(r"赔付|理赔|获赔|赔")),
    ("补", re.compile(r"补贴|补助|雨露|资助|助学|误工")),
    ("面", re.compile(r"面积|占地|建房|住房|宅基地|用地|超面积|平方")),
    ("筹", re.compile(r"自筹|筹资|集资")),
    ("报", re.compile(r"报销")),
    ("慰", re.compile(r"慰问|走访")),
    ("待", re.compile(r"接待|用餐|餐费|工作餐|住宿|会议|差旅")),
    ("购", re.compile(r"采购|招标|备用金")),
    ("训", re.compile(r"培训|工种")),
    ("缴", re.compile(r"代缴|参保|缴费")),
)
_PRODUCTS = re.compile(
    r"小额(?:信用)?(?:信贷|贷款|贷)|扶贫小额|户贷|创业担保|富民贷|助学贷款|信用贷|惠农[e贷]|产业贷|振兴贷|经营性|(?<!免)抵押|房贷|商业贷|经营贷|消费贷|企业|合作社|公司|家庭农场|(?:创业|助农|粮农|强村|养殖|光伏|兴农|惠民|农户联保|联保|巾帼|青创|乡旅|茶农|活体)贷"
)
_DENIED = re.compile(
    r"(?:不(?:与|同于|属于?|是|算|占|走|按|纳入|等于)|有别于|区别于|并非|而非|不能当作?|不得视为|无关)[^,。;]{0,4}$"
)
"""不与小额信贷混同: what the loan is not."""
_SMALL = re.compile(r"小额|户贷|扶贫小额|信贷")
_CLASSES = re.compile(
    r"特困|低保|五保|[一二两三四五六1-6](?:至[一二三四五六1-6])?人(?=户|家庭|及|以)|[A-D]级|跨省|省外|省内|县外|县内|中职|高职|本科|专科|研究生|本专科|"
    r"重度|中度|轻度|重建|修缮|加固|种植|养殖|脱贫户|监测|一般户|村级|省级|县级|住院|门诊"
)
_SOFT = frozenset({"监测", "脱贫户", "一般户", "特困", "低保", "重建", "村级", "种植", "养殖"})
"""Classes that the limit names because all that the paragraph speaks of are such."""
_BY_SIZE = frozenset({"亩", "头", "棵"})
_WITHIN = re.compile(
    r"(?:未|没有?|不)(?:有)?(?:突破|超过|超出|超|越过)(?:了|出)?[^,。;]{0,4}(?:规定|上限|限|标准|红线|线|标)|"
    r"(?:在|于)[^,。;]{0,6}(?:限额?|上限|标准|规定|红线|范围)(?:之|以)?内|(?:未|没有?)超标"
)
_YEARS = re.compile(r"[两二三四五六七八九十多历几]年|连续|往年")
_ALL_YEAR = re.compile(r"全年|累计|多次|先后")
_PIECE = re.compile("[。;\n]")
_NAME = re.compile("[一-龥]{3}")
_BORROWERS = frozenset({"企业", "合作社", "公司", "家庭农场"})
_DIGITS = str.maketrans("1234562", "一二三四五六二")
_OTHERS = re.compile(r"另有|另外|另,|此外|另一")


def governs(scene: Scene, limits: Sequence[Limit], mention: Mention, units: tuple[str, ...]) -> Limit | None:
    """The nearest limit of the amount's subject; of several as near the one it exceeds least. None if none is sure."""
    fitting = [limit for limit in limits if _is_of(scene, limit, mention, units)]
    if not fitting:
        return None
    nearest = min(_distance(limit, mention) for limit in fitting)
    closest = [limit for limit in fitting if _distance(limit, mention) == nearest]
    named = [limit for limit in closest if _is_named(scene, limit, closest, mention)]
    return max(named if len(named) == 1 else closest, key=lambda limit: limit.mention.quantity.base_value)


def _is_named(scene: Scene, limit: Limit, limits: Sequence[Limit], mention: Mention) -> bool:
    """Whether the amount's words repeat a name that only this limit has: 通用机具, 拖拉机."""
    here = lead_of(scene, mention).rpartition(";")[2]
    others = "/".join(other.piece for other in limits if other is not limit)
    own = [limit.piece[at : at + 3] for at in range(len(limit.piece) - 2)]
    return any(word in here and word not in others and _NAME.fullmatch(word) for word in own)


def _distance(limit: Limit, mention: Mention) -> int:
    if limit.mention.sentence == mention.sentence:
        return 0 if limit.mention.segment == mention.segment else 1
    return 2 if limit.mention.paragraph == mention.paragraph else 3


def _is_of(scene: Scene, limit: Limit, mention: Mention, units: tuple[str, ...]) -> bool:
    if units and limit.units and not set(units) & set(limit.units):
        return False
    if not units and limit.units and _BY_SIZE.issuperset(limit.units):
        return False
    lead = lead_of(scene, mention)
    distance = _distance(limit, mention)
    between = scene.reading.flat[limit.mention.quantity.end : mention.quantity.start]
    if distance < _ELSEWHERE and _APART.search(between):
        return False
    if distance == _ELSEWHERE and "包干" in limit.words:
        return False
    if distance and _OTHERS.search(lead) and not ("某" in lead and not product_of(scene, mention)):
        return False
    if not _same_class(scene, limit, mention) or (
        limit.term and limit.term not in mention.left + mention.right[:3]
    ):
        return False
    if _spans_more(scene, limit, mention):
        return False
    loans = "贷" in topics_in(limit.words) | topics_in(lead)
    if loans and _differ(product_of(scene, limit.mention), product_of(scene, mention), distance):
        return False
    if distance <= 2 and limit.mention.index < mention.index and claims_within(scene, mention):
        return True
    own = (
        topics_in(mention.gap + mention.right[:8])
        or topics_in(lead)
        or topics_in(scene.sentence_words(mention))
    )
    theirs = (
        topics_in(limit.words)
        or topics_in(scene.sentence_words(limit.mention))
        or topics_in(_line(scene, limit.mention))
    )
    if distance >= 2:
        own = own or topics_in(_line(scene, mention))
    if distance == 3:
        title = topics_in(title_of(scene)) if "某" in lead or (units and "\t" in mention.gap) else frozenset()
        own, theirs = own or title, theirs or title
        return bool(own & theirs)
    return not own or not theirs or bool(own & theirs)


_APART = re.compile(r"另算|另计|单算|单列|另行|不在其列|不在此列|不在此限|另有标准|另定")
_ELSEWHERE = 3


def _spans_more(scene: Scene, limit: Limit, mention: Mention) -> bool:
    """三年累计 against a limit a year, 全年累计 against one a time."""
    said = scene.clause(mention)
    if _YEARS.search(said) and not _YEARS.search(limit.piece):
        return True
    return "次" in limit.units and _ALL_YEAR.search(said) is not None and "年" not in limit.piece


def claims_within(scene: Scene, mention: Mention) -> bool:
    """…,人均620元,未突破规定: the text itself measures it by the limit."""
    rest = _PIECE.split(scene.reading.flat[mention.quantity.end : mention.quantity.end + 30], maxsplit=1)[0]
    return _WITHIN.search(rest) is not None


def title_of(scene: Scene) -> str:
    return scene.reading.flat.lstrip()[:60].partition("\n")[0]


@lru_cache(maxsize=20_000)
def topics_in(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _TOPICS if pattern.search(words))


def _line(scene: Scene, mention: Mention, *, whole: bool = False) -> str:
    """The head of its line, or all of it up to the amount."""
    flat, at = scene.reading.flat, mention.quantity.start
    start = flat.rfind("\n", 0, at) + 1
    return flat[start : at if whole else min(at, start + 30)]


def product_of(scene: Scene, mention: Mention) -> str:
    """The loan that is spoken of: named nearest before the amount, in its sentence or at the head of its line."""
    sentence = scene.sentence_words(mention)
    offset = mention.quantity.end - scene.sentence_of(mention).start
    clause = scene.clause(mention) + sentence[offset : offset + 4]
    for words in (sentence[: offset + 4], _line(scene, mention, whole=True)):
        found = [
            one
            for one in _PRODUCTS.finditer(words)
            if (one[0] not in _BORROWERS or one[0] in clause) and not _DENIED.search(words, 0, one.start())
        ]
        if found:
            return "小额" if _SMALL.search(found[-1][0]) else found[-1][0]
    return ""


def _same_class(scene: Scene, limit: Limit, mention: Mention) -> bool:
    """1人户不得超过40平方米 says nothing of the homes of others."""
    classes = classes_in(limit.piece)
    if not classes:
        return True
    sentence = scene.sentence_of(mention)
    so_far = scene.reading.flat[sentence.start : mention.quantity.start]
    named = classes_in(lead_of(scene, mention), last=True) or classes_in(so_far, last=True)
    if not named:
        return _distance(limit, mention) <= 2 and classes <= _SOFT
    return bool(classes & named)


def classes_in(words: str, *, last: bool = False) -> frozenset[str]:
    found = [one.translate(_DIGITS) for one in _CLASSES.findall(words)]
    several = frozenset(found[-1:] if last else found)
    return several | {"本科", "专科"} if "本专科" in several else several


def _differ(limited: str, meant: str, distance: int) -> bool:
    """What is named is another product; or only one is, and it is not the common one."""
    if limited and meant:
        return limited != meant
    return meant not in ("", "小额") or (limited not in ("", "小额") and distance > 0)
