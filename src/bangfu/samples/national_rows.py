"""A household's rows of the monitoring export, by header; every cell is text."""

from __future__ import annotations

from bangfu.samples.household import Household
from bangfu.samples.people import Person
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN

Row = dict[str, str]


def yes(value: object) -> str:
    return "是" if value else "否"


def id_no(person: Person) -> str:
    """The certificate number of the export: a disabled person's carries the type and the level."""
    if not person.disability:
        return person.id_no
    digit = ["视力", "听力", "言语", "肢体", "智力", "精神", "多重"].index(person.disability) + 1
    return f"{person.id_no}{digit}{person.disability_level}"


def monitoring_rows(household: Household) -> list[Row]:
    shared = {**_place(household), **_household(household), **_living(household), **_episode(household)}
    return [{**shared, **_person(household, place)} for place in range(len(household.members))]


def _place(household: Household) -> Row:
    return {
        "年度": "2023",
        "省": PROVINCE,
        "市": CITY,
        "县": COUNTY,
        "乡": TOWN,
        "村": household.village.name,
        "自然村": household.hamlet,
        "户编号": household.number,
    }


def _person(household: Household, place: int) -> Row:
    person = household.members[place]
    added, work = household.added(person), person.work
    levels = ("", "一级", "二级", "三级", "四级")
    is_adult = person.age >= 16
    return {
        "人编号": household.person_number(place),
        "姓名": person.name,
        "性别": person.sex,
        "出生日期": f"{person.birth:%Y%m%d}",
        "证件类型": "残疾人证" if person.disability else "居民身份证",
        "证件号码": id_no(person),
        "与户主关系": person.relation,
        "民族": "汉族",
        "政治面貌": "群众",
        "文化程度": person.education,
        "在校生状况": person.student,
        "健康状况": person.health,
        "残疾类别": person.disability,
        "残疾等级": levels[person.disability_level],
        "劳动技能": person.labor,
        "是否会讲普通话": "是",
        "是否现役军人": "否",
        "是否国外务工": "否",
        "务工所在地": _work_place(person),
        "务工时间(月)": str(work.months) if work else "",
        "就业渠道（易地搬迁后扶使用）": ("就近务工" if work.is_at_home else "外出务工") if work else "",
        "公益性岗位": person.post,
        "公益性岗位(月数)": "12" if person.post else "",
        "家庭成员联系电话": person.phone if is_adult else "",
        "是否参加城乡居民基本医疗保险": "是",
        "是否参加城镇职工基本医疗保险": "否",
        "是否参加大病保险": "是",
        "是否参加商业补充医疗保险": "否",
        "是否接受医疗救助": yes(person.medical_aid),
        "是否接受其他健康扶贫": "否",
        "是否参加城乡居民基本养老保险": yes(is_adult),
        "是否参加城镇职工基本养老保险": "否",
        "享受低保政策情况": "农村低保" if person.dibao else "未享受",
        "享受特困供养政策情况": "农村特困" if person.tekun else "未享受",
        "人员识别时间": f"{added:%Y%m}" if added else household.identified,
        "新增原因": "新生儿" if added else "",
        "新增日期": f"{added:%Y%m%d}" if added else "",
    }


def _work_place(person: Person) -> str:
    work = person.work
    if work is None:
        return ""
    return work.province + work.city + (work.county if work.county != work.city else "")


def _household(household: Household) -> Row:
    income, size = household.income, len(household.members)
    return {
        "家庭人口数": str(size),
        "户类型": household.kind,
        "户属性": household.attribute,
        "监测对象类别": household.monitor_type,
        "识别标准": "国家标准" if household.is_exited else "",
        "首次识别时间": household.identified,
        "脱贫年度": household.exit_year,
        "主要致贫原因": household.cause,
        "户联系电话": household.phone,
        "开户银行": "赤壁农村商业银行",
        "银行账号": household.account,
        "是否军烈属": "否",
        "是否独生子女户": "否",
        "是否双女户": "否",
        "工资性收入": str(income.wage),
        "财产性收入": str(income.property_income),
        "转移性收入": str(income.transfer),
        "生产经营性收入": str(income.operating),
        "生产经营性支出": str(income.cost),
        "计划生育金": "0",
        "低保金": str(income.dibao),
        "特困人员救助供养金": str(income.tekun),
        "养老保险金": str(income.pension),
        "生态补偿金": str(income.ecology),
        "其他转移性收入": str(income.other),
        "理赔收入": "0",
        "合规自付支出": str(income.out_of_pocket),
        "纯收入": str(income.net),
        "人均纯收入（元）": f"{income.net / size:.2f}",
        "帮扶责任人": household.helper[0],
        "帮扶责任人联系电话": household.helper[1],
        "信息采集人": household.collector[0],
        "信息采集人联系电话": household.collector[1],
    }


def _living(household: Household) -> Row:
    land, house = household.land, household.house
    return {
        "耕地面积（亩）": f"{land.farm:.1f}",
        "有效灌溉面积（亩）": f"{land.irrigated:.1f}",
        "林地面积（亩）": f"{land.forest:.1f}",
        "退耕还林面积（亩）": f"{land.reforest:.1f}",
        "林果面积（亩）": f"{land.orchard:.1f}",
        "牧草地面积": "0.0",
        "水面面积": f"{land.water:.1f}",
        "是否加入农民专业合作社": yes(household.nth % 2),
        "是否通生活用电": "是",
        "是否通生产用电": "是",
        "是否通广播电视": "是",
        "是否饮水困难": "否",
        "是否解决安全饮用水": "是",
        "是否有卫生厕所": "是",
        "入户路类型": house.road,
        "入户道路是否硬化": yes(house.road != "砂石路"),
        "与村主干路距离": f"{house.road_km:.1f}",
        "主要燃料类型": house.fuel,
        "住房面积": str(house.area),
        "住房结构": house.structure,
        "是否危房户": "否",
        "危房改造年度": str(house.renovated_on.year) if house.renovated_on else "",
    }


def _episode(household: Household) -> Row:
    made = household.episode
    if made is None:
        return {}
    first = made.at_identification
    row = {
        "识别监测时间": made.since,
        **{f"致贫/返贫风险{place + 1}": risk for place, risk in enumerate(made.risks)},
        "因自然灾害子项": made.disaster,
        "识别时工资性收入": str(first.wage),
        "识别时财产性收入": "0",
        "识别时转移性收入": str(first.transfer),
        "识别时生产经营性收入": str(first.operating),
        "识别时生产经营性支出": str(first.cost),
        "识别时家庭纯收入": str(first.net),
        "识别时家庭人均纯收入": f"{first.per_person:.2f}",
        "识别时理赔收入": "0",
        "识别时合规自付支出": str(made.out_of_pocket),
        "是否义务教育阶段适龄儿童少年失学辍学": "否",
        "是否住房损毁": yes(made.had_housing_issue),
        "是否饮水设施损毁": "否",
        "是否有家庭成员未参加城乡居民（职工）基本医疗保险": "否",
        "整户无劳动能力兜底保障户": yes(made.is_safety_net),
        "实施开发式帮扶措施情况": made.development,
        **made.measures,
        "风险是否已消除": yes(made.removed),
        "风险是否已消除0": yes(made.removed),
    }
    last = made.at_removal
    if last is None:
        return row
    return row | {
        "风险消除方式": "帮扶消除",
        "消除监测时间": made.removed,
        "风险消除后是否义务教育阶段适龄儿童少年失学辍学": "否",
        "风险消除后是否住房损毁": "否",
        "风险消除后是否有家庭成员未参加城乡居民（职工）基本医疗保险": "否",
        "风险消除后是否饮水设施损毁": "否",
        "风险消除后工资性收入": str(last.wage),
        "风险消除后财产性收入": "0",
        "风险消除后转移性收入": str(last.transfer),
        "风险消除后生产经营性收入": str(last.operating),
        "风险消除后生产经营性支出": str(last.cost),
        "风险消除后家庭纯收入": str(last.net),
        "风险消除后家庭人均纯收入": f"{last.per_person:.2f}",
        "风险消除后理赔收入": "0",
        "风险消除后合规自付支出": "0",
    }
