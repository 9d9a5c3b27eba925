"""Doctors' contracts of 2019 and 2020, treatment of serious illness, and reimbursements from January to October 2019."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bangfu.demo.blueprint import WITHOUT_DOCTOR
from bangfu.demo.homes import Block, Home, Stay, day
from bangfu.demo.ledgers.rows import YUAN, day_in, split
from bangfu.samples.places import COUNTY

INPATIENT, OUTPATIENT, OUTSIDE = 549_570_000, 11_330_000, 13_630_000
"""Reimbursed, in fen: of stays in the county, of visits for chronic illness, of stays elsewhere."""
_STAYS, _VISITS, _STAYS_OUTSIDE = 620, 342, 26
_SHARE = 90  # percent of the cost that is reimbursed
_CHRONIC = ("高血压", "2型糖尿病", "慢性阻塞性肺疾病", "冠心病", "类风湿关节炎")
_SERIOUS = ("终末期肾病", "肺癌", "胃癌", "乳腺癌", "肝癌", "急性心肌梗死", "白血病")
_COMMON = ("肺部感染", "腰椎间盘突出", "骨折", "胆囊结石", "脑梗死")
_HOSPITALS = ("赤壁市人民医院", "赤壁市中医医院", "茶庵岭镇卫生院")
_HOSPITALS_OUTSIDE = ("武汉协和医院", "咸宁市中心医院", "湖北省人民医院")
_LAST = date(2019, 10, 30)


def add_medical(rng: Random, block: Block) -> None:
    everyone = [(home, stay) for home in block.homes for stay in home.staying()]
    _add_contracts(rng, block, everyone)
    ill = [item for item in everyone if item[1].person.is_ill]
    chronic = [item for item in everyone if item[1].person.health == "长期慢性病"]
    adults = [item for item in everyone if item[1].person.age >= 18 and not item[1].person.student]
    patients = [*ill, *ill, *rng.sample(adults, _STAYS)]
    rng.shuffle(patients)
    _add_stays(rng, block, patients[:_STAYS], INPATIENT, "住院")
    _add_stays(rng, block, (chronic * 2)[:_VISITS], OUTPATIENT, "门诊")
    _add_stays(rng, block, rng.sample(ill, _STAYS_OUTSIDE), OUTSIDE, "县域外住院")


def _add_contracts(rng: Random, block: Block, everyone: list[tuple[Home, Stay]]) -> None:
    away = [item for item in everyone if (work := item[1].person.work) and work.county != COUNTY]
    without = {id(stay) for _, stay in rng.sample(away, WITHOUT_DOCTOR)}
    for home, stay in everyone:
        person = stay.person
        kinds: list[tuple[str, str | None]] = []
        if id(stay) not in without:
            kinds.append(("家庭医生签约", None))
        if person.health == "长期慢性病":
            kinds.append(("慢病签约", rng.choice(_CHRONIC)))
        elif person.health == "患有大病":
            kinds.append(("大病专项救治", rng.choice(_SERIOUS)))
        for kind, disease in kinds:
            _add_contract(rng, block, home, stay, kind, disease)


def _add_contract(rng: Random, block: Block, home: Home, stay: Stay, kind: str, disease: str | None) -> None:
    """Of the year, ended with it, and renewed the year after."""
    first = max(day_in(rng, 2019, 1, 4), min(stay.joined, 20191220))
    shared = {"kind": kind, "disease": disease, "team": f"{home.village.name}家庭医生团队"}
    of_year = {**shared, "data_year": 2019, "signed_on": first, "ended_on": 20191231}
    renewed = {**shared, "data_year": 2020, "signed_on": day_in(rng, 2020, 1, 1)}
    if kind == "慢病签约":
        of_year |= {"last_followed_up_on": day_in(rng, 2019, 10, 12), "followups": rng.randint(4, 6)}
        renewed |= {"last_followed_up_on": day_in(rng, 2020, 3, 3), "followups": 1}
    if kind == "大病专项救治":
        of_year["is_treated"] = renewed["is_treated"] = True
    block.give("health_contract", home, stay, of_year)
    block.give("health_contract", home, stay, renewed)


def _add_stays(rng: Random, block: Block, patients: list[tuple[Home, Stay]], total: int, kind: str) -> None:
    """Amounts that add up to the published sum; the patient pays the rest of the cost."""
    mean = total // len(patients)
    amounts = split(rng, total, len(patients), mean // 5, mean * 4, YUAN)
    for (home, stay), paid in zip(patients, amounts, strict=True):
        left = _LAST - timedelta(days=rng.randint(0, 290))
        came = left - timedelta(days=rng.randint(3, 14) if kind != "门诊" else 0)
        came = max(came, date(2019, 1, 1))
        cost = paid * 100 // _SHARE
        is_outside = kind == "县域外住院"
        aid = paid // 10 // YUAN * YUAN if home.is_dibao else 0
        home.out_of_pocket += cost - paid
        block.give(
            "hospital_stay",
            home,
            stay,
            {
                "stay_kind": kind,
                "hospital": rng.choice(_HOSPITALS_OUTSIDE if is_outside else _HOSPITALS),
                "diagnosis": rng.choice(_CHRONIC if kind == "门诊" else _SERIOUS if is_outside else _COMMON),
                "admitted_on": day(came),
                "discharged_on": day(left),
                "total_cost": cost,
                "basic_reimbursed": paid - aid,
                "major_illness_reimbursed": 0,
                "medical_aid": aid,
                "self_paid": cost - paid,
                "is_out_of_county": is_outside,
            },
        )
