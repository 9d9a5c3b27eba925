"""What was done with so many of a thing counted before: 冲毁…桥梁7座 … 冲毁桥梁已修复9座; 脱岗14人, 16人作了谈话."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order
from bangfu.documents.reading.structure import Mention

_STATES = (
    r"冲毁|损毁|毁坏|损坏|倒塌|受损|水毁|冲垮|受灾|垮塌|坍塌|冲断|损失|流失|闲置|撂荒|拖欠|"
    r"破损|停用|淤塞|淤积|危旧|发现|排查|申报|下达|批复"
)
_MENDED = (
    r"修复|修好|重建|恢复|加固|抢通|抢修|修缮|拆除|清淤|疏通|盘活|复耕|复垦|整治|"
    r"改造|补植|补种|处置|更换|维修|验收|开工|完工"
)
_DONE = r"(?:目前|当年|现|均|都)?(?:已经?|完成|全部|实际|共)+(?:完成|经|得到|予以)?"
_AGAIN = re.compile(
    rf"(?:^|[,;:、。])(?:上述|以上)?(?P<state>{_STATES})的?(?P<noun>[一-龥]{{2,6}}?){_DONE}"
    rf"(?P<verb>{_MENDED})(?:了|完成|到位)?$"
)
_ONE_EACH = re.compile(
    r"一(?P<whose>[户人村机地车宗家项组])(?:[一每][本证册卡表码牌档箱桶策套台张份个]|一[一-龥])"
)
_WHOSE = {"户": "户", "人": "人", "村": "个", "家": "家", "项": "项", "宗": "宗", "车": "辆", "机": "台"}
_GIVEN = re.compile(
    r"(?:发证|颁证|制证|办证|发卡|办卡|发放|印发|建档|立卡|建立|制定|填写|填报|编制|配发|配备|安装|领取|领证|制作|配置|张贴|挂牌)[一-龥]{0,6}$"
)
_INVOLVED = re.compile(r"(?:涉及|牵涉|涉|有|共|发现|查出|查实)[一-龥]{0,4}$")
_WRONG = re.compile(
    r"脱岗|缺岗|空岗|违[规纪法]|作假|虚报|冒领|不在岗|旷工|迟到|早退|失职|问题|线索|代岗|顶岗|吃空饷|优亲厚友|酒驾"
)
_DEALT = re.compile(
    r"(?:(?:对|给予|将|约谈|问责|处分|诫勉|提醒|通报|处理|追责|立案|移送|批评|警告|扣发|辞退|解聘|调换|作出?)了?(?:其中)?(?:的)?)$"
)
_DEALT_BEHIND = re.compile(
    r"^(?:作[了出]?|进行|给予|予以|实施|被|受到|已?作|已)?[了出]?(?:提醒|谈话|约谈|处理|处分|问责|通报|批评|诫勉|警告|追责|立案|教育|扣发|辞退|解聘|调换|清退|组织处理)"
)
_FAR = 60


def named_again(scene: Scene) -> Iterator[Relation]:
    for later in scene.mentions:
        yield from _mended(scene, later)
        yield from _dealt_with(scene, later)
    yield from _one_each(scene)


def _mended(scene: Scene, later: Mention) -> Iterator[Relation]:
    found = _AGAIN.search(later.left)
    if found is None:
        return
    at = scene.place_of(later)
    counted = [
        one
        for one in scene.mentions[max(0, at - _FAR) : at]
        if one.quantity.base_unit == later.quantity.base_unit
        and one.left.rstrip("共计有").endswith(found["noun"])
        and found["state"] in _before(scene, one)
    ]
    if len({one.quantity.base_value for one in counted}) == 1 and is_more(later, counted[0]):
        earlier = counted[0]
        if not is_owned(scene, later, earlier):
            named = f"{found['state']}{found['noun']}只有{earlier.quantity.text}"
            said = f"{named},{found['verb']}的却有{later.quantity.text}"
            yield out_of_order(later, earlier, said)


def _before(scene: Scene, one: Mention) -> str:
    return scene.sentence_words(one)[: one.quantity.start - scene.sentence_of(one).start]


def _dealt_with(scene: Scene, later: Mention) -> Iterator[Relation]:
    """无故脱岗50人天,涉及14人,县里已对16人作了提醒谈话."""
    if later.quantity.base_unit != "人":
        return
    if not (_DEALT.search(later.left) or _DEALT_BEHIND.match(later.right)):
        return
    before = scene.before(later)
    earlier = before[-1] if before else None
    if earlier is None or earlier.quantity.base_unit != "人" or not is_more(later, earlier):
        return
    wrong = _WRONG.search(_before(scene, earlier)) and _INVOLVED.search(earlier.left)
    both = _DEALT_BEHIND.match(later.right) and _DEALT.search(later.left)
    if wrong and both and not is_owned(scene, later, earlier):
        yield out_of_order(
            later, earlier, f"涉及的只有{earlier.quantity.text},处理的却有{later.quantity.text}"
        )


def _one_each(scene: Scene) -> Iterator[Relation]:
    """确权到户38400户,发证39400本,一户一本."""
    for later in scene.mentions:
        before = scene.before(later)
        earlier = before[-1] if before else None
        if earlier is None or not _GIVEN.search(later.left) or later.is_like(earlier):
            continue
        sentence = scene.sentence_words(later)
        found = _ONE_EACH.search(sentence)
        if found is None or earlier.quantity.unit != _WHOSE.get(found["whose"], found["whose"]):
            continue
        if is_more(later, earlier) and not is_owned(scene, later, earlier):
            said = f"{found[0]},{later.quantity.text}却多于{earlier.quantity.text}"
            yield out_of_order(later, earlier, said)
