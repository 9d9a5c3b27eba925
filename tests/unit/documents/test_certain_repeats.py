"""Figures said again that differ: what is told of them, and what looks alike and is sound."""

from __future__ import annotations

import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats import repeats
from bangfu.documents.reading.read import read_text

BODY = "青石镇今年落实产业项目14个,带动脱贫户628户。镇里派出技术员9名,逐村上门指导,群众反映较好。\n"
FILLER = (
    "各村按要求公示了名单,镇里组织了回头看,没有收到举报。干部们白天走访、晚上整理台账,工作比较扎实。\n" * 3
)

WRONG = {
    "swapped in the summary": (
        f"{BODY}全镇外出务工脱贫劳动力3462人,其中省外1820人、省内1642人。\n{FILLER}综上,全年稳住3642名脱贫劳动力务工,成效较好。",
        ("3462人", "3642名"),
    ),
    "swapped after 总的看": (
        f"{BODY}全年造林1.92万亩,完成计划的96%。\n{FILLER}总的看,全年造林1.29万亩,绿化任务圆满完成。",
        ("1.92万亩", "1.29万亩"),
    ),
    "swapped in a request": (
        f"{BODY}目前小额信贷余额9860万元,涉及2318户。\n{FILLER}请各村围绕9680万元的贷款余额逐户核对用途。",
        ("9860万元", "9680万元"),
    ),
    "two digits not beside each other": (
        f"{BODY}全镇参加医保38641人,参保率99.1%。\n{FILLER}总之,全镇38146名群众参加了医保。",
        ("38641人", "38146名"),
    ),
    "unit lost its 万": (
        f"{BODY}全县水稻承保面积36.4万亩。\n{FILLER}总之,全县水稻承保36.4亩,农民吃了定心丸。",
        ("36.4万亩", "36.4亩"),
    ),
    "公斤 for 吨": (
        f"{BODY}全县产茶油3820吨,比上年增长12%。\n{FILLER}综上,全县产茶油3820公斤,扩面任务完成。",
        ("3820吨", "3820公斤"),
    ),
    "元 for 万元": (
        f"{BODY}项目结算审定194.2万元。\n{FILLER}总的看,项目审定资金194.2元,使用规范。",
        ("194.2万元", "194.2元"),
    ),
    "point moved": (
        f"{BODY}全年移民直补资金252.9万元,发放率100%。\n{FILLER}小结:全年直补资金25.29万元已全部打卡。",
        ("252.9万元", "25.29万元"),
    ),
    "neighbour said again": (
        f"{BODY}未消除风险71户228人。\n{FILLER}小结:未消除风险71户238人,下月重点盯牢。",
        ("228人", "238人"),
    ),
    "neighbour said again in a plan": (
        f"{BODY}尚未脱贫137户368人。\n{FILLER}下一步,对未脱贫的137户386人逐户制定措施。",
        ("368人", "386人"),
    ),
    "what is not begun": (
        f"{BODY}项目库入库148个,其中已开工136个,12个尚未开工。\n{FILLER}下一步,尚未开工的22个项目7月底前全部开工。",
        ("12个", "22个"),
    ),
    "exchanged": (
        f"{BODY}当天转移安置1127户、3604人。\n{FILLER}总之,3604户、1127人得到及时转移。",
        ("1127户", "3604户"),
    ),
    "last year's figure": (
        f"{BODY}全年到位财政协作资金5200万元,上年4800万元。\n{FILLER}综合看,全年财政协作资金4800万元全部到位。",
        ("5200万元", "4800万元"),
    ),
    "last year's figure by its rise": (
        f"{BODY}规模以上工业企业14家,比上年净增3家。\n{FILLER}总的看,规模以上工业企业11家,支撑作用明显。",
        ("14家", "11家"),
    ),
    "asked for more than is lacking": (
        f"{BODY}项目总投资344.4万元,已落实254.4万元,尚差90万元。\n{FILLER}为补足上述缺口,恳请县人民政府安排资金99万元。",
        ("90万元", "99万元"),
    ),
    "total of the table": (
        f"{BODY}村名\t计划户数\t开工\t竣工\n新安村\t46\t44\t40\n红旗村\t50\t46\t37\n合计\t96\t90\t77\n"
        "填表说明:全镇计划改造96户,截至11月底开工91户、竣工77户。",
        ("90", "91户"),
    ),
}

SOUND = {
    "said again rightly": f"{BODY}全镇外出务工脱贫劳动力3462人。\n{FILLER}综上,全年稳住3462名脱贫劳动力务工。",
    "rounded": f"{BODY}全县参保41198人。\n{FILLER}总之,全县4.12万名群众参加了医保。",
    "other persons": f"{BODY}确诊患者214名,其中213名得到救治。\n{FILLER}全镇现有乡村医生231名,培训6期。",
    "men and women": f"{BODY}学员中男性286名。\n{FILLER}总的看,女性学员268名,巾帼力量增强。",
    "says by how much": f"{BODY}全乡发放补贴486人。\n{FILLER}以上公示468人,发放比公示多18人,已查明原因。",
    "the year before": f"{BODY}今年存栏山羊1482头。\n{FILLER}总的看,去年存栏山羊1428头,今年有所增加。",
    "plan beside done": f"{BODY}年度计划投资5820万元。\n{FILLER}总之,全年完成投资5280万元,占计划的90.7%。",
    "rise beside the stock": f"{BODY}全镇脱贫劳动力务工1426人。\n{FILLER}总之,务工人数比上年增加146人。",
    "each beside all": f"{BODY}护林员补助36.8万元。\n{FILLER}总的看,每名护林员年补助3680元,全部打卡。",
    "two villages": f"{BODY}柳树村流转土地1260亩。\n{FILLER}综上,梨花村流转土地1620亩,两村各有特色。",
    "sum of its own row": f"{BODY}一季度收入264.5万元。\n{FILLER}以上租金200.5万元、分红46万元,共246.5万元。",
    "a goal": f"{BODY}全年销售收入812.5万元。\n{FILLER}来年目标:销售收入900万元,社员发展到150户。",
    "a further sum": f"{BODY}全年争取资金156.8万元。\n{FILLER}明年打算:再争取资金60万元,改造4栋。",
    "a rate to be reached": f"{BODY}居民养老保险参保率96%。\n{FILLER}下半年,逐一动员,到年底参保率达到98%。",
    "rows of a table": "村名\t户数\n东村\t245\n西村\t254\n南村\t425\n合计\t924\n以上数据经各村核实,全镇924户。",
    "another neighbour": f"{BODY}甲类对象71户228人。\n{FILLER}总之,乙类对象64户238人,已全部落实措施。",
    "less is asked with a reason": f"{BODY}项目缺口90万元。\n{FILLER}为解决上述缺口,恳请安排90万元。",
    "counted once": f"{BODY}带动脱贫户218户。\n{FILLER}以上带动脱贫户和监测户241户(同一户参与两项以上只计1户)。",
    "approved beside applied": f"{BODY}全年申请补助1264户。\n{FILLER}总的看,审批通过1246户,工作规范。",
    "spring and autumn": f"{BODY}春季学期资助学生516人次。\n{FILLER}综上,秋季学期资助学生561人次,应助尽助。",
    "two sorts of relief": f"{BODY}在册低保对象2864人。\n{FILLER}总之,特困对象2684人生活有保障。",
    "in and out of the province": f"{BODY}省外务工2317人。\n{FILLER}总的看,省内务工2371人,就业稳定。",
    "first and second batch": f"{BODY}第一批补贴发放1348户。\n{FILLER}说明:第二批补贴发放1384户,已公示。",
    "income and expense": f"{BODY}全年收入47.36万元。\n{FILLER}综上,全年支出47.63万元,略有超支。",
    "tea and rice": f"{BODY}茶叶面积5820亩。\n{FILLER}总之,水稻面积5280亩,产业结构较好。",
    "one percent of it": f"{BODY}以上合同总价3512000元。\n{FILLER}管护费按合同总价的1%提取,计35120元。",
}


def told(text: str) -> list[tuple[str, str]]:
    reading = read_text(text)
    return [
        (reading.quantities[one.members[0]].text, reading.quantities[one.stated].text)
        for one in repeats(Scene(reading))
    ]


@pytest.mark.parametrize(("text", "pair"), WRONG.values(), ids=WRONG.keys())
def test_a_figure_said_again_wrongly_is_told(text: str, pair: tuple[str, str]) -> None:
    assert pair in told(text)


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND.keys())
def test_two_figures_of_different_things_are_no_fault(text: str) -> None:
    assert told(text) == []


def test_the_words_name_both_figures_and_the_cause() -> None:
    text, _ = WRONG["unit lost its 万"]
    (fault,) = repeats(Scene(read_text(text)))
    assert (fault.kind, fault.severity, fault.holds) == ("restated", "error", False)
    assert "前文写的是36.4万亩" in fault.explanation
    assert fault.cause == "单位应为“万亩”"


def test_each_figure_is_told_once() -> None:
    text = f"{BODY}在册监测对象1862户5974人。\n{FILLER}监测对象5974人已全部录入。\n{FILLER}总之,5947名监测对象逐户落实措施。"
    assert [stated for _, stated in told(text)] == ["5947名"]
