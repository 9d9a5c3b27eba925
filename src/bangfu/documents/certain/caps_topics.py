"""Which limit governs an amount: the one of its own sentence, line or subject; another product's limit is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.caps_limits import Limit, lead_of
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
)
_PRODUCTS = re.compile(
    r"小额(?:信用)?(?:信贷|贷款|贷)|扶贫小额|户贷|创业担保|富民贷|助学贷款|信用贷|惠农[e贷]|产业贷|振兴贷|经营性|(?<!免)抵押|房贷|商业贷|经营贷|消费贷|企业|合作社|公司|家庭农场|(?:创业|助农|粮农|强村|养殖|光伏|兴农|惠民|农户联保|联保|巾帼|青创|乡旅|茶农|活体)贷"
)
_SMALL = re.compile(r"小额|户贷|扶贫小额|信贷")
_CLASSES = re.compile(
    r"特困|低保|五保|[一二两三四五六1-6](?:至[一二三四五六1-6])?人(?=户|家庭|及|以)|[A-D]级|跨省|省外|省内|县外|县内|中职|高职|本科|专科|研究生|本专科|"
    r"重度|中度|轻度|重建|修缮|加固|种植|养殖|脱贫户|监测|一般户|村级|省级|县级|住院|门诊"
)
_DIGITS = str.maketrans("1234562", "一二三四五六二")
_OTHERS = re.compile(r"另有|另外|另,|此外|另一")


def governs(scene: Scene, limits: Sequence[Limit], mention: Mention, units: tuple[str, ...]) -> Limit | None:
    """The nearest limit of the amount's subject; of several as near the one it exceeds least. None if none is sure."""
    fitting = [limit for limit in limits if _is_of(scene, limit, mention, units)]
    if not fitting:
        return None
    nearest = min(_distance(limit, mention) for limit in fitting)
    closest = [limit for limit in fitting if _distance(limit, mention) == nearest]
    return max(closest, key=lambda limit: limit.mention.quantity.base_value)


def _distance(limit: Limit, mention: Mention) -> int:
    if limit.mention.sentence == mention.sentence:
        return 0 if limit.mention.segment == mention.segment else 1
    return 2 if limit.mention.paragraph == mention.paragraph else 3


def _is_of(scene: Scene, limit: Limit, mention: Mention, units: tuple[str, ...]) -> bool:
    if units and limit.units and not set(units) & set(limit.units):
        return False
    lead = lead_of(scene, mention)
    distance = _distance(limit, mention)
    if distance and _OTHERS.search(lead) and not ("某" in lead and not _product(scene, mention)):
        return False
    if not _same_class(limit, lead) or (limit.term and limit.term not in mention.left):
        return False
    loans = "贷" in _topics(limit.words) | _topics(lead)
    if loans and _differ(_product(scene, limit.mention), _product(scene, mention), distance):
        return False
    own = _topics(mention.gap + mention.right[:8]) or _topics(lead) or _topics(scene.sentence_words(mention))
    theirs = (
        _topics(limit.words)
        or _topics(scene.sentence_words(limit.mention))
        or _topics(_line(scene, limit.mention))
    )
    if distance >= 2:
        own = own or _topics(_line(scene, mention)) or (theirs if distance == 2 else own)
        return bool(own & theirs)
    return not own or not theirs or bool(own & theirs)


def _topics(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _TOPICS if pattern.search(words))


def _line(scene: Scene, mention: Mention) -> str:
    """The head of its line."""
    flat, at = scene.reading.flat, mention.quantity.start
    start = flat.rfind("\n", 0, at) + 1
    return flat[start : min(at, start + 30)]


def _product(scene: Scene, mention: Mention) -> str:
    """The loan that is spoken of: named nearest before the amount, in its sentence or at the head of its line."""
    sentence = scene.sentence_words(mention)
    offset = mention.quantity.end - scene.sentence_of(mention).start
    found = list(_PRODUCTS.finditer(sentence[: offset + 4])) or list(
        _PRODUCTS.finditer(_line(scene, mention))
    )
    return "小额" if found and _SMALL.search(found[-1][0]) else found[-1][0] if found else ""


def _same_class(limit: Limit, lead: str) -> bool:
    """1人户不得超过40平方米 says nothing of the homes of others."""
    classes = {found.translate(_DIGITS) for found in _CLASSES.findall(limit.words.rpartition(",")[2])}
    named = [found.translate(_DIGITS) for found in _CLASSES.findall(lead)][-1:]
    return not classes or bool(classes & set(named))


def _differ(limited: str, meant: str, distance: int) -> bool:
    """What is named is another product; or only one is, and it is not the common one."""
    if limited and meant:
        return limited != meant
    return meant not in ("", "小额") or (limited not in ("", "小额") and distance > 0)
