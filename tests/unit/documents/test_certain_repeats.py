"""Figures said again that differ: what is told of them, and what looks alike and is sound."""

from __future__ import annotations

import pytest

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.find import repeats
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

WRONG_AGAIN = {
    "signed": (
        f"{BODY}全年新签约项目46个,合同资金28.6亿元。\n{FILLER}各位代表!一年来,我们签下64个新项目,成绩来之不易。",
        ("46个", "64个"),
    ),
    "left again": (
        f"{BODY}年度计划加固水库14座,已完工12座,其余2座完成主体。\n{FILLER}今后我将抓紧3座未完工水库的扫尾。",
        ("2座", "3座"),
    ),
    "what is left of projects": (
        f"{BODY}15个重点项目已落地11个,未落地4个。\n{FILLER}差距和不足:项目落地不够快,6个项目未落地。",
        ("4个", "6个"),
    ),
    "added": (
        f"{BODY}期末公路总里程2542公里,比期初的2180公里增加362公里。\n{FILLER}综合评价,五年新增里程326公里,目标实现。",
        ("362公里", "326公里"),
    ),
    "start": (
        f"{BODY}新栽猕猴桃1200亩,每亩补助600元。\n{FILLER}四、明年打算\n力争猕猴桃面积由2100亩扩大到2600亩。",
        ("1200亩", "2100亩"),
    ),
    "goal known": (
        f"{BODY}纳入监测107户389人。\n{FILLER}四、下步打算\n对170户监测对象每季度分析研判;稻渔种养做到1500亩。",
        ("107户", "170户"),
    ),
    "recital": (
        (
            f"{BODY}全县死亡2380人,火化1904人,火化率80%;惠民减免1666人。募集善款865.2万元。\n{FILLER}"
            "到年底:惠民减免1666人,募集865.2万元,火化率80.8%。"
        ),
        ("80%", "80.8%"),
    ),
    "due": (
        f"{BODY}应追回基金214.63万元,已到账198.15万元,剩余16.48万元分期缴回。\n{FILLER}概括起来,追回基金214.63万元,好于上年。",
        ("198.15万元", "214.63万元"),
    ),
    "tea": (
        f"{BODY}全镇一年产干茶835吨,产值1.8亿元。\n{FILLER}小结:8.35万公斤干茶养活了一方茶农。",
        ("835吨", "8.35万公斤"),
    ),
    "persons": (
        f"{BODY}全村在册低保28户、61人。\n{FILLER}综合以上,目前在册仍为28户、16人。",
        ("61人", "16人"),
    ),
    "damaged": (
        (
            f"{BODY}倒塌房屋46户,一般损坏487户、1023间。\n{FILLER}"
            "倒房每户补4.5万元,46户共207万元;一般损坏每户2000元,478户共97.4万元。"
        ),
        ("487户", "478户"),
    ),
    "dividend": (
        f"{BODY}全村分红成员202户、707人,每人200元。\n{FILLER}经核对,本次220户成员账户均已备妥。",
        ("202户", "220户"),
    ),
}

SOUND_AGAIN = {
    "one of a group": f"{BODY}土地流给合作社1286亩、大户612亩。\n{FILLER}附:大户李某流转216亩,合同5年。",
    "all of last year": (
        f"{BODY}抽审项目26个,发现问题18个,整改率83.3%。\n{FILLER}"
        "附:上年审计项目22个,发现问题21个,整改率90.5%。"
    ),
    "an outlay foreseen": (
        f"{BODY}低保对象2864户4926人,临时救助支出93.6万元。\n{FILLER}"
        "下半年安排:一是对2864户低保对象、4926人全面复核;二是临时救助预计支出100万元。"
    ),
    "a goal after a goal": (
        f"{BODY}高血压规范管理率82.4%,糖尿病规范管理率78.6%。\n{FILLER}"
        "最后强调:高血压规范管理率要达到85%,糖尿病达到80%。"
    ),
    "visitors to come": f"{BODY}接待游客36.8万人次,收入1.84亿元。\n{FILLER}明年目标接待游客42万人次,收入2亿元。",
    "goal heading": f"{BODY}全镇参保率95%,认证率91%。\n{FILLER}五、明年工作思路。参保率达97%,认证率达95%。",
    "a goal in an answer": f"{BODY}劳动力就业率88.0%。\n{FILLER}问:明年有什么打算?\n答:就业率要到91%,培训800人次。",
    "goal imperative": f"{BODY}在保余额4.2亿元,涉及小微企业312户。\n{FILLER}建议:用好312户企业名单,把在保余额做到5亿元。",
    "goal expand": (
        f"{BODY}茶园面积1860亩,茶农420户。\n{FILLER}"
        "四、下步打算\n(一)巩固茶产业,茶园扩大到2200亩;(二)对420户茶农加强培训。"
    ),
    "next year plan": f"{BODY}年初计划改造260户,实际改造255户。\n{FILLER}明年计划:改造310户,新增床位60张。",
    "opposite": f"{BODY}收入30万元以上的村11个,占61.1%。\n{FILLER}同时也要看到,还有7个村收入不到30万元。",
    "opposite2": f"{BODY}年收入超过10万元的大户12户。\n{FILLER}总的看,年收入低于1万元的仍有31户,帮扶任务较重。",
    "two sorts together": (
        f"{BODY}边缘易致贫户18户,脱贫不稳定户24户。\n{FILLER}"
        "三、存在问题。边缘户、不稳定户共42户,抵御风险能力弱。"
    ),
    "two incomes": f"{BODY}烤烟收入46.2万元,比上年增加3.1万元;辣椒收入18.4万元。\n{FILLER}综上,两项收入64.6万元,群众得实惠。",
    "party members among volunteers": (
        f"{BODY}全镇党员86名,其中女党员21名。\n{FILLER}回顾一年,志愿者发展到112人,其中党员68名,群众反映好。"
    ),
    "the registered among the relieved": (
        f"{BODY}建档立卡户1127户3604人。\n{FILLER}"
        "总的看,全镇农村低保486户962人,其中建档立卡402户803人,兜底有力。"
    ),
    "cumulative": f"{BODY}今年公司用工180人,其中脱贫人口48人。\n{FILLER}截至目前,公司累计带动脱贫人口就业84人,入选典型案例。",
    "plan said again": (
        f"{BODY}年度计划建设站点136个,二季度末建成108个,三季度又建18个。\n{FILLER}"
        "四季度,围绕136个站点的计划,全力推进。"
    ),
    "from-to": f"{BODY}今年合作社31家,上年25家。\n{FILLER}回顾全年,合作社由25家增加到31家,带动力增强。",
    "role": f"{BODY}帮扶户中有务工收入的52户63人。\n{FILLER}下一步,帮扶联系人36名每月入户1次,一户一策。",
    "beneficiaries": f"{BODY}新建饮水工程8处,受益群众2140人。\n{FILLER}总的看,农村公路新改建12公里,受益群众3960人,出行改善。",
    "standards": f"{BODY}困难残疾人生活补贴每人每月80元。\n{FILLER}以上标准中,高龄津贴每人每月60元,按月打卡。",
    "issued vs due": f"{BODY}应收水费48.6万元,实收45.2万元。\n{FILLER}综上,应收水费48.6万元基本收齐,剩余3.4万元正在催收。",
    "two halves": f"{BODY}上半年就业1248人,下半年就业1482人。\n{FILLER}总之,全年就业2730人,超额完成任务。",
    "two votes": f"{BODY}参会村民代表36人,同意34票。\n{FILLER}最后,对修路议题表决,同意35票,反对1票。",
    "surveys": f"{BODY}抽查60户,发现问题14户。\n{FILLER}三、下一步。对41户未抽查的逐户核实,对14户问题户限期整改。",
    "diff kinds pct": (
        f"{BODY}项目开工率85%,完工率62%,支付率48%。\n{FILLER}"
        "总之,开工率85%,支付率偏低,只有48%。要求6月底前完工率达到80%。"
    ),
    "heads and times": f"{BODY}义务教育阶段学生447人,高中阶段118人。\n{FILLER}综上,资助学生474人次,无一人辍学。",
    "remaining vs done": f"{BODY}问题38个,整改31个,未整改7个。\n{FILLER}总的看,31个问题已整改,剩下7个年底前完成。",
    "new year rate": f"{BODY}集体收入437万元,上年380万元。\n{FILLER}新的一年,集体经济收入480万元以上,村村过20万元。",
    "new loans beside the stock": (
        f"{BODY}小额信贷余额164户、705.2万元。\n{FILLER}总的看,今年新放小额信贷46户、213.5万元,没有逾期。"
    ),
    "money plan": f"{BODY}总投资860万元,到位资金680万元。\n{FILLER}请示:恳请安排剩余资金180万元。",
    "land of another sort": f"{BODY}流转土地1260亩,其中茶园620亩。\n{FILLER}回头看,撂荒地复垦260亩,耕地守住了。",
}


WRONG_BY_FEWER_WORDS = {
    "a known group of absentees": (
        f"{BODY}抽查队员86名,在岗77名,脱岗9名。\n{FILLER}对脱岗的7名队员,由派出单位约谈。",
        ("9名", "7名"),
    ),
    "indicators that lag": (
        f"{BODY}考核指标20项,达到序时进度的16项,滞后的4项。\n{FILLER}年底前,滞后的3项指标须补齐短板。",
        ("4项", "3项"),
    ),
    "idle workshops": (
        f"{BODY}全县扶贫车间31座,正常生产26座,闲置5座。\n{FILLER}对闲置的8座车间,限年底前盘活。",
        ("5座", "8座"),
    ),
    "what is left, called otherwise": (
        f"{BODY}涉及自然村92个,已完成整治77个,剩余15个列入冬季计划。\n{FILLER}确保5个未完成村12月底前验收。",
        ("15个", "5个"),
    ),
    "who was looked at": (
        f"{BODY}检查组随机抽取8个乡镇42个村,对账核实。\n{FILLER}从抽查的46个村看,台账总体规范。",
        ("42个", "46个"),
    ),
    "the whole task": (
        f"{BODY}乡里今年承担改造任务264户,其中C级180户、D级84户,264户均已公示。\n{FILLER}9月底前,我乡保证269户全部竣工。",
        ("264户", "269户"),
    ),
    "base of the next year": (
        f"{BODY}年初计划改厕600户,实际完成634户。\n{FILLER}明年,我镇将在巩固改厕643户成果的基础上,再改200户。",
        ("634户", "643户"),
    ),
    "heading that sums up": (
        f"{BODY}本月立案查处56起,损失38.6万元。\n{FILLER}【一句话提醒】守住养老钱。本月全县损失36.8万元,教训深刻。",
        ("38.6万元", "36.8万元"),
    ),
    "raised, not to be raised": (
        f"{BODY}全年争取定点帮扶资金348万元,其中修路210万元、助学138万元。\n{FILLER}归总:产业项目14个,争取帮扶资金384万元,带动628户。",
        ("348万元", "384万元"),
    ),
    "first figure mended by the second": (
        f"{BODY}累放贷款2860户,已结清1124户,余额1763户。\n{FILLER}按用途分,种植900户,养殖620户,加工216户,合计1736户。",
        ("1763户", "1736户"),
    ),
    "second figure mended by the first": (
        f"{BODY}全年竣工530户,竣工率100%。\n{FILLER}三年累计改造1690户,其中2018年640户、2019年520户、2020年503户。",
        ("530户", "503户"),
    ),
    "contract price": (
        f"{BODY}三种灯具共265盏,合同价62.35万元(含运输、安装)。\n{FILLER}本合同总价62.85万元固定不变。",
        ("62.35万元", "62.85万元"),
    ),
    "total of a table by its neighbour": (
        f"{BODY}去向 户数 金额\n展期\t126户\t553.4万元\n续贷\t84户\t378.2万元\n收回\t61户\t249.7万元\n合计\t271户\t1181.3万元\n"
        f"由表可知,期初逾期271户、1281.3万元,已逐户处置。",
        ("1181.3万元", "1281.3万元"),
    ),
    "total of a table by two others": (
        f"{BODY}组别\t户数\t脱贫\t新纳入\t年末贫困户\n东组\t68户\t17户\t11户\t23户\n西组\t74户\t19户\t12户\t27户\n合计\t142户\t36户\t23户\t50户\n"
        f"今年脱贫36户,新纳入23户,年末全村还有贫困户56户。",
        ("50户", "56户"),
    ),
    "small pair of one group": (
        f"{BODY}脱贫户96户341人,监测对象6户25人。\n{FILLER}监测对象6户26人均已落实帮扶措施。",
        ("25人", "26人"),
    ),
    "amount of a counted group": (
        f"{BODY}涉及金额1893.2万元,未整改5条、268.4万元。\n{FILLER}未整改到位的5条,涉及金额286.4万元,计划12月底前完成。",
        ("268.4万元", "286.4万元"),
    ),
    "pointed at": (
        f"{BODY}今年放款538笔、6318万元,笔均11.7万元。另有合伙企业5家贷到920万元,没有算在前面的6381万元里。",
        ("6318万元", "6381万元"),
    ),
    "rate beside its number": (
        f"{BODY}脱贫劳动力1215人,外出务工984人,务工率81%。其中监测户务工率76%。\n"
        f"{FILLER}总结全年,外出务工984人,务工率83%,形势稳定。",
        ("81%", "83%"),
    ),
    "grade of stations": (
        f"{BODY}评为优秀5个、良好8个、合格3个。\n{FILLER}良好等次的6个站要查漏补缺。",
        ("8个", "6个"),
    ),
    "hectares for mu": (
        f"{BODY}新造林1260亩,抚育林木3400亩。\n{FILLER}总之,全年新造林1260公顷,任务完成。",
        ("1260亩", "1260公顷"),
    ),
    "summary of repeats": (
        f"{BODY}设岗2480个,比2023年底的2310个增加170个。实发工资628.6万元。清退51人。\n"
        f"{FILLER}综上,公益岗位2310个,实发工资628.6万元,清退51人,总体规范。",
        ("2480个", "2310个"),
    ),
}

SOUND_BY_FEWER_WORDS = {
    "some of the problem households": f"{BODY}抽查发现问题户64户,占4.7%。\n{FILLER}问题户中停保51户,降低档次8户,保留5户。",
    "some have since been mended": f"{BODY}机井142眼,不能使用的37眼。\n{FILLER}不能使用的机井已修复22眼,其余年底前修复。",
    "some have promised": f"{BODY}面积超标11户,建新未拆旧9户。\n{FILLER}8户未拆旧的已签承诺。",
    "share of other people": (
        f"{BODY}转移就业1215人,稳定就业6个月以上的903人,占74.3%。\n"
        f"{FILLER}不足是到东江就业仅占转移总数的35.2%。"
    ),
    "share of another number": f"{BODY}表内脱贫劳动力2446人,占总数的72.4%。\n{FILLER}转移就业稳岗的2190人,占脱贫劳动力的89.5%。",
    "asked for": f"{BODY}上级拨付救灾资金180万元,已支出153万元。\n{FILLER}请求县里支持抗旱机具40台、资金260万元。",
    "another name of another group": (
        f"{BODY}走访慰问864户,其中脱贫户412户、监测户96户、低保户356户。\n"
        f"{FILLER}截至1月底,全镇监测对象112户。"
    ),
    "own slip owned": f"{BODY}大病确诊1254人,已救治1229人,救治率98%。\n{FILLER}几处修正:原报大病救治1292人系1229人之误。",
    "cell of another row": (
        f"{BODY}乡镇\t任务\t兑付\n竹园乡\t95户\t135万元\n平安乡\t86户\t168万元\n合计\t181户\t303万元\n"
        "已兑付531万元,兑付率75%,余177万元。"
    ),
    "plan in a speech": f"{BODY}37个签约项目里头开工20个,开工率54.1%。\n{FILLER}四季度怎么干:再签20个,开工18个。",
    "stock at the start of the year": (
        f"{BODY}年初失学7人,劝返5人,送教2人,无一人漏管。\n{FILLER}归总:劝返送教使7名失学学生全部受教育。"
    ),
    "month before": f"{BODY}至3月末在册监测对象484户,比2月末的502户减少18户。\n乡镇\t月末户数\n东镇\t296\n西镇\t188\n合计\t484",
    "those reached": f"{BODY}农村留守儿童2315名,流动儿童407名。\n{FILLER}一季度走访7100余人次,涉及留守儿童2290名。",
    "three of them mended meanwhile": (
        f"{BODY}全县扶贫车间31座,正常生产26座,闲置5座。10月盘活2座。\n{FILLER}对闲置的3座车间,限年底前盘活。"
    ),
    "invested by enterprises": f"{BODY}到位协作资金7015万元。\n{FILLER}引进企业5家,到位投资1.36亿元,吸纳就业520人。",
    "rest of the idle": f"{BODY}闲置资产26处,盘活9处。\n{FILLER}对闲置的17处资产,明年继续招租。",
    "still failing": f"{BODY}合格41个,不合格7个。\n{FILLER}复查后仍不合格的3个村,约谈负责人。",
    "other groups of the village": f"{BODY}一组未入住31户,二组未入住24户。\n{FILLER}三组未入住的22户月底前搬完。",
    "rates of two groups": (
        f"{BODY}脱贫户就业412人,就业率96.5%。\n{FILLER}小结:监测户就业率95.6%,脱贫户就业率96.5%。"
    ),
    "paid and left": (
        f"{BODY}村名\t户数\t金额\n东村\t126户\t253.4万元\n西村\t84户\t178.2万元\n"
        "合计\t210户\t431.6万元\n210户中,已兑付421.6万元,余10万元下月兑付。"
    ),
    "growth by the year": f"{BODY}建成幸福院148所,覆盖185个行政村的80%。\n{FILLER}明年新建36所,总数达到184所。",
}


WRONG_BY_POINTING = {
    "this many, swapped": (
        "北坡护林员共67人,都配了手机。\n站长每天把这76位护林员的位置看一遍。",
        ("67人", "76位"),
    ),
    "this many, point moved": (
        "县里补了1.2亿元,用于老院搬迁。局长说,手里这1200万元补助已经付了三次。",
        ("1.2亿元", "1200万元"),
    ),
    "in one sentence with its other unit": (
        "库里轮换稻谷4800吨,即480万公斤;为轮换这4080吨稻谷,雇了短工。",
        ("4800吨", "4080吨"),
    ),
    "of its state": ("核查撂荒地1327亩,已复耕890亩。已复耕的809亩由大户接手。", ("890亩", "809亩")),
    "basis of a reckoning": (
        "我村常住1847人,外出620人。各项人均数以常住人口1874人为基数。",
        ("1847人", "1874人"),
    ),
    "basis with nothing to name it": (
        "奖扶对象187人,今年兑现。财政所按178人打卡,每人960元。",
        ("187人", "178人"),
    ),
    "another witness": ("修复河堤3.8公里。验收组的结论是:修复河堤38公里,质量合格。", ("3.8公里", "38公里")),
    "a speaker": ("图书馆藏书5.6万册。馆长说,6.5万册书一年盘一回。", ("5.6万册", "6.5万册")),
    "number of the persons": (
        "核减低保38户、64人,省下1.9万元。被核减的这64户都上门讲了政策。",
        ("38户", "64户"),
    ),
    "number of the year before": (
        "电站去年收益31.6万元,今年到账34.2万元。今年这31.6万元用于公益岗。",
        ("34.2万元", "31.6万元"),
    ),
    "number of the other line": (
        "东线铺了8.2公里,西线6.9公里。东线那6.9公里已打压试水。",
        ("8.2公里", "6.9公里"),
    ),
    "number of the plan": (
        "计划改厕1200座,实际改了1078座。已改好的1200座,村里逐座验过。",
        ("1078座", "1200座"),
    ),
    "two units that disagree": ("收购玉米860吨,折合86万斤。", ("860吨", "86万斤")),
    "the same whole": (
        f"{BODY}队员走遍全村412户,开会27场。\n{FILLER}全村421户人家的门槛,都踏过。",
        ("412户", "421户人家"),
    ),
    "term of the work": (
        f"{BODY}计划工期为180天。\n{FILLER}中标人须在120天的计划工期内完成。",
        ("180天", "120天"),
    ),
}
WRONG_BY_POINTING |= {
    "state after its figure": (
        "镇里查出燃气隐患307条。到月底,370条查出来的隐患销了285条。",
        ("307条", "370条"),
    ),
    "a digit of a named group": (
        "村里有党员58名,流动党员17名。除在外的11名流动党员外,都到了会场。",
        ("17名", "11名"),
    ),
    "beside one said again": (
        "清欠工资1873万元,惠及1046人。局长说:1873万元追回来了,1460人回家过年了。",
        ("1046人", "1460人"),
    ),
}
SOUND_BY_POINTING = {
    "those two together": "一组24户,二组18户。这42户都通了自来水。",
    "part named twice": "全镇参保21650人,其中脱贫人口2165人。这2165人由财政代缴。",
    "basis of the part": "报名96人,实到69人。按实到的69人发放误工补贴3450元。",
    "the neighbours' number": "我村常住1847人,邻近的柳村有1874人。以1874人的柳村为例。",
    "the other stock": "全镇养牛1360头,养羊3160只。这3160只羊都打了耳标。",
    "of last year, by pointing": "化解纠纷87起,上年化解78起。上年那78起里有3起反弹。",
    "two units that agree": "轮换稻谷4800吨,即480万公斤;装机12600千瓦,也就是1.26万千瓦。",
    "rate by the piece": "羊肚菌得款192万元,也就是80元一公斤。",
    "first batch": "到位资金2.35亿元,首批拨付2350万元。首批这2350万元已支出。",
    "planned for next year": "现有公益岗143个。明年安排公益岗134个。",
    "second stage": "完成投资7835万元。二期投资7385万元,明年开工。",
    "terms of two lots": f"{BODY}一标段工期180天。\n{FILLER}二标段工期120天。",
    "corrected openly": "文件原写480万元,后更正为408万元。以更正后的408万元为准。",
}


ALL_WRONG = WRONG | WRONG_AGAIN | WRONG_BY_FEWER_WORDS | WRONG_BY_POINTING
ALL_SOUND = SOUND | SOUND_AGAIN | SOUND_BY_FEWER_WORDS | SOUND_BY_POINTING


def told(text: str) -> list[tuple[str, str]]:
    reading = read_text(text)
    return [
        (reading.quantities[one.members[0]].text, reading.quantities[one.stated].text)
        for one in repeats(Scene(reading))
    ]


@pytest.mark.parametrize(("text", "pair"), ALL_WRONG.values(), ids=ALL_WRONG.keys())
def test_a_figure_said_again_wrongly_is_told(text: str, pair: tuple[str, str]) -> None:
    assert pair in told(text)


@pytest.mark.parametrize("text", ALL_SOUND.values(), ids=ALL_SOUND.keys())
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
