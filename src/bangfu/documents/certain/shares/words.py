"""How a percentage is put, and what its words call the part and the whole: 占…的, 完成率, 为任务的, 按…计."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.forms import TAKES, Form, form_of
from bangfu.documents.certain.shares.refused import (
    is_ahead,
    is_carried_change,
    is_of_all,
    is_of_other_time,
    is_refused,
)
from bangfu.documents.certain.shares.units import unit_counted, unit_of_subject
from bangfu.documents.reading.structure import Mention

_RECKONED_AFTER = ("计", "即", "折合", "合")
_BASIS = re.compile(r"(?:按照?|以)([^,。;:\d]{1,10}?)(?:计算|计|测算|核算|算|口径|为基数|为分母|来算|衡量)")
_BASIS_AFTER = re.compile(r"\(?(?:按照?|以)([^,。;:\d()]{1,10}?)(?:计算|计|测算|核算|算|口径|为基数|为分母)")
_NOTE = 90
_BASIS_NOTED = re.compile(
    r"(?:比例|占比|比重|百分比|百分数|比率|[一-龥]{1,4}率)(?:均|都|一律|统一|皆|全)(?:是)?(?:按照?|以|用)([^,。;:\d()]{1,10}?)(?:计算|计|测算|核算|口径|为基数|为分母|作分母|做分母|作基数|为基准)"
)
_FIRST_OF = re.compile(
    r"(?:^|[,;:。])([^,;:。\d]{2,8}?)(?:监测户|人数|户数|金额|数量|面积|问题)?[接占用做揽]?得?(?:为?最[多高少低大小]|居[首前末]|排[名在]?第?|次之|占比最)[^,;。]{0,4},(?:所?占|在[^,;。]{2,12}占|比重|比例|份额|占比)?(?:总?比[重例]|份额)?[为达约是有]*$"
)
_FORMULA = re.compile(
    r"\(([一-龥]{2,8}?)(?:除以|÷|/|占|与|比)([一-龥]{2,8}?)(?:之比|的?比[例重率])?\)[为达约是到:]*$"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)(?=[为达约是到:]*$)")
_RATE_ON_BASIS = re.compile(
    r"([一-龥]{1,12}率)(?:按照?|以)[^,。;:\d]{1,10}?(?:计算|计|测算|核算|算|口径),[为是约]?$"
)
_TAKEN_OF = re.compile(r"(?:按照?|依照?)([一-龥]{2,8}?)(?:的|之)?$")
_PLACE_ALONE = re.compile(
    r"(?:[次之而,;]|其次是?|最[高低快慢]的?是?)*([一-龥]{1,4}(?:乡|镇|村|县|街道|社区|组|片区|农场))(?:最[高低快慢])?(?:仅|只|才|也|为|达|是|有|到|约|刚)*"
)
_CARRIED_ON = re.compile(r"[,;、]\s*[一-龥]{2,6}")
_NOT_SUBJECT = re.compile(
    r"其中|分别|仅|只|就|约|已|均|共|大约|合计|一共|按.{1,8}(?:计算?|算)|[一-龥]{0,6}(?:最[高低多少]|居多|为主|第[一二三四五])|[\s)(:、,]|^[为达]|也|还|各自|各|前者|后者|三者|两者|[上下]述|这|所$"
)
_GENERIC = re.compile(
    r"(?:全部|总|其|本|该|同期|全[县镇乡村市区省局校院]|当年|整个|合计|累计|所有|各类|上述|这些|以上|全年|年度|本年|今年)*"
    r"(?:户|人口|人|户籍|资金|金额|面积|投资|数量?|量|额|次|收入|支出|户次|人次|任务|计划|规模|产业|工程|项目|比|份|其中|总和|合计|全部)?"
    r"(?:总|合计)?(?:数|量|额|数量|户数|人数|人次|面积|资金|金额|投资|收入|支出)?"
)
_NOT_NAMES = re.compile(
    r"其中|分别|共计|合计|总计|累计|一共|以上|我[县镇乡村市]|全[县镇乡村市省区年部]|本[县镇乡村年月]|[已均共约为有的了等占和各总数量额]|(?<!参)与|(?<!普)及|(?:人|户|份|笔|件|个|次)数|20\d\d年?|\d|当年|年度"
)
_KIND_OF = re.compile(r"([一-龥]{2})(?:人口|人员|资金|面积|户)$")
_NEAR, _SHORT_LINE = 60, 14
_WITHIN = re.compile(
    r"(?:在(?![岗校册职编建园库读户线训营])|从)?(?P<whole>(?!其|这|当|集|高|初|年|计划|年度|途)[^,。;:\d]{2,12}?)(?:里头|里面|里边|当中|之中|中(?!央|型|心|药|学|小|专|职|部|间|转|介|标|试|期|老|年)|里(?!程|庄|村|弄)|内(?!部|外))的?(?P<rest>[^中]*)$"
)
_HAN = re.compile("[一-龥]")
JOINS = re.compile(r"[\s,、]*(?:和|及|与|以及|,)?[\s]*")


def is_general(name: str) -> bool:
    """总数, 全县户数: what may be called so in each paragraph."""
    return _GENERIC.fullmatch(name) is not None


@dataclass(frozen=True)
class Asked:
    """What a percentage says of itself. `head` carries its words: in a row (分别占40%、30%、30%) the first's."""

    share: Mention
    form: Form
    name: str
    place: int
    length: int
    """Its place in its row and the row's length; 0 and 1 where it stands alone."""
    head: Mention
    subject: str = ""
    """Whose share it is, where its own clause says so: 茶叶面积占56%."""
    unit: tuple[str, ...] = ()
    """What is counted, where that is said: 按户计算, 占总户数."""
    basis: str = ""
    """What it is said to be reckoned on: 按收回问卷计算."""
    turn: int = 0
    """1 where it is that of 前者, 2 of 后者."""
    is_ahead: bool = False
    """It stands before its part: 以34.6%的占比居首的是噪声类,156件."""

    @property
    def is_generic(self) -> bool:
        return is_general(self.name)

    @property
    def whole_name(self) -> str:
        """What its words call the whole: 占审定价的, 按审定价的; empty where they do not."""
        is_told_after = self.share.right.startswith(_RECKONED_AFTER)
        if self.form == "taken" and not is_told_after and (found := _TAKEN_OF.search(self.name)):
            return found[1]
        return self.basis or (self.name if self.form in ("of", "task") else "")


def asked(scene: Scene, share: Mention) -> Asked | None:
    """None where the percentage is a change, an aim, a rate that is set, or of another time."""
    quantity = share.quantity
    if quantity.kind != "share" or quantity.is_label or quantity.base_value <= 0:
        return None
    if not quantity.is_exact and share.right.startswith("的"):
        return None
    if quantity.base_value == 1 and is_of_all(_words_about(scene, share)):
        return None
    if is_ahead(_lines_before(scene, share)) or is_carried_change(scene.before(share), share):
        return None
    row = row_of_shares(scene, share)
    head = row[0]
    words = _words_before(scene, head)
    if share.right.startswith(_RECKONED_AFTER):
        words = f"按{words}的"
    if is_refused(words, share.right):
        return None
    ahead = words.endswith("以") and _SHARE_BEHIND.match(share.right) is not None
    read = _summed(words, share) if not ahead else ("of", "")
    words = words if read is None else ""
    read = read or form_of(words) or _carried_on(scene, head, words) or _of_place(scene, head, words)
    if read is None or (read[0] == "bare" and not quantity.is_exact):
        return None
    form, name = read
    if is_of_other_time(name if form in ("of", "task") else words):
        return None
    whole, carried = _within(words, form, name)
    name = whole or name
    unit, basis = unit_counted(form, name, _basis(scene, head, share))
    named, subject = unit_of_subject(_subject(carried, form) or _subject_before(head, form))
    unit = unit or named
    if subject[:1].isdigit():
        return None
    if formula := _FORMULA.search(head.gap):
        subject, basis = formula[1], formula[2]
    turn = _TURNS.get(found[1], 0) if (found := _TURN.match(words.strip(" ,、"))) else 0
    return Asked(share, form, name, row.index(share), len(row), head, subject, unit, basis, turn, ahead)


_SHARE_BEHIND = re.compile(r"的?(?:高?占比|比重|比例|份额|高比例)")
_SUMMED = re.compile(
    r"(?:算下来|算起来|算来|也就是说|折算下来|换句话说|换言之|平均算来|等于说|意味着)[,:]?"
    r"(?:就?是|有|约|大约|占了?|刚好|正好|只有|仅)*$"
)
_SUMMED_ROUGH = re.compile(r"(?:也?就是|即|等于|合|相当于|折合)(?:有|了)?$")
_TURN = re.compile(r"(?:其中|但|而)?([前后]者)")
_TURNS = {"前者": 1, "后者": 2}


def _summed(words: str, share: Mention) -> tuple[Form, str] | None:
    """正创业的126人,算下来一成二; 24个村中18个村建成,也就是说三分之二的村有了去处."""
    rough = share.quantity.unit != "%" and _SUMMED_ROUGH.search(words)
    return ("of", "") if _SUMMED.search(words) or rough else None


def _words_about(scene: Scene, share: Mention) -> str:
    before = scene.mentions[max(0, scene.place_of(share) - 1)]
    start = share.quantity.start
    return scene.clause(share) + scene.clause(before) + scene.reading.flat[start - 12 : start]


def _lines_before(scene: Scene, share: Mention) -> str:
    """Its sentence up to it, and the short question or heading just before."""
    start = share.quantity.start
    near = scene.reading.flat[max(0, start - _NEAR) : start]
    lines = near.split("\n")[-2:]
    if len(lines) > 1 and len(lines[0]) > _SHORT_LINE:
        lines = lines[1:]
    return re.split("。", "\n".join(lines))[-1]


def _basis(scene: Scene, head: Mention, share: Mention) -> str:
    end = share.quantity.end
    after = scene.reading.flat[end : end + 14]
    found = [*_BASIS.finditer(scene.clause(head))] or [*_BASIS.finditer(head.gap)]
    if not found and (behind := _BASIS_AFTER.match(after)):
        found = [behind]
    if not found and (noted := _BASIS_NOTED.search(scene.reading.flat[end : end + _NOTE])):
        found = [noted]
    return found[-1][1] if found else ""


def _words_before(scene: Scene, head: Mention) -> str:
    """The words that carry the share: with what stands before a bracket or a number of years in them."""
    words = head.left.rstrip()
    if not words and (found := _RATE_ON_BASIS.search(head.gap)):
        return found[1]
    if head.gap.rstrip().endswith(words) and ")" in head.gap:
        words = re.split(r"[,;:。]", _IN_BRACKETS.sub("", head.gap))[-1].strip() or words
    at = scene.place_of(head)
    before = scene.mentions[at - 1] if at else head
    if (
        before.sentence == head.sentence
        and before.quantity.kind == "time"
        and before.right
        and "占" in before.left
    ):
        words = scene.clause(head)
    return words


def _within(words: str, form: Form, name: str) -> tuple[str, str]:
    """收入里头务工占六成: the whole that stands before 占, and the words without it."""
    found = _WITHIN.match(words[: words.rfind("占")]) if form == "of" and not name and "占" in words else None
    return (found["whole"], f"{found['rest']}占") if found else ("", words)


def _subject_before(head: Mention, form: Form) -> str:
    """西片最多,占33.8%."""
    found = _FIRST_OF.search(head.gap) if form in ("of", "bare", "rate") else None
    return found[1] if found else ""


def _subject(words: str, form: Form) -> str:
    if form == "of":
        return _NOT_SUBJECT.sub("", TAKES.split(words)[0])
    return words if form == "bare" else ""


def _carried_on(scene: Scene, head: Mention, words: str) -> tuple[Form, str] | None:
    """上营占30.8%,白岩32.1%: the second share is put as the first."""
    before = scene.before(head)
    if not before or before[-1].quantity.kind != "share" or not _CARRIED_ON.fullmatch(head.gap):
        return None
    return ("bare", words) if "占" in before[-1].left else None


def _of_place(scene: Scene, head: Mention, words: str) -> tuple[Form, str] | None:
    """柳林镇90%、石桥乡80%次之;金盆镇只有57%: shares of places, told one after the other."""
    found = _PLACE_ALONE.fullmatch(words.strip(" 、,"))
    told = scene.before(head)[-3:] + scene.after(head)[:2]
    return ("bare", found[1]) if found and any(one.quantity.kind == "share" for one in told) else None


def row_of_shares(scene: Scene, share: Mention) -> list[Mention]:
    """The shares that stand in one row with it, joined by 、 or 和 alone; itself where it stands alone."""
    here = scene.sentence_of(share).mentions
    at = share.index - here[0].index
    first = last = at
    while first and here[first - 1].quantity.kind == "share" and JOINS.fullmatch(here[first].gap):
        first -= 1
    while (
        last + 1 < len(here)
        and here[last + 1].quantity.kind == "share"
        and JOINS.fullmatch(here[last + 1].gap)
    ):
        last += 1
    return list(here[first : last + 1])


@lru_cache(maxsize=20_000)
def pairs_of(words: str) -> frozenset[str]:
    """The pairs of neighbouring signs of the words that name something."""
    kept = _NOT_NAMES.sub(" ", _KIND_OF.sub(r"\1", words))
    return frozenset(
        kept[at : at + 2] for at in range(len(kept) - 1) if _HAN.match(kept[at]) and _HAN.match(kept[at + 1])
    )
