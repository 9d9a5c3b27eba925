"""Run with BANGFU_RULEBOOK naming a rulebook with one more programme: what the system makes of that file alone.

A process of its own, since a rulebook is read once a process. What it finds is printed as JSON.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

import openpyxl  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402

from bangfu.findings.single import check_household  # noqa: E402
from bangfu.intake import batches  # noqa: E402
from bangfu.intake.rulebook import home_rulebook  # noqa: E402
from bangfu.office.accounts import add_account  # noqa: E402
from bangfu.office.home import make_home  # noqa: E402
from bangfu.office.journal.writing import Source, transaction  # noqa: E402
from bangfu.office.readers import Holding  # noqa: E402
from bangfu.policy.references import Resolved, parse_reference  # noqa: E402
from bangfu.registry import actions  # noqa: E402
from bangfu.registry.actions import Join  # noqa: E402
from bangfu.reporting.queries import answer, run_of_day  # noqa: E402
from bangfu.reporting.runs import count_figures  # noqa: E402
from bangfu.screening.place import read_default_divisions  # noqa: E402

PROGRAMME = "tea_seedling"
TOWN, DAY = "421281102000", 20231218
NUMBER = "429999196001012017"


def main(folder: Path) -> None:
    household = _town()
    client = _clerk()
    list_address = f"/ledgers/benefit?programme={PROGRAMME}"
    told: dict[str, Any] = {
        "on_the_shelf": f"programme={PROGRAMME}" in _page(client, "/ledgers"),
        "list": "茶苗补助" in _page(client, list_address),
        "policy": client.get(f"/policy/programmes/{PROGRAMME}").status_code,
        "form": f'<option value="{PROGRAMME}" selected>茶苗补助</option>'
        in _page(client, f"/ledgers/benefit/new?household={household}&programme={PROGRAMME}"),
        "checks": sorted(one.id for one in home_rulebook().checks.values() if one.programme == PROGRAMME),
    }
    empty = client.get(f"/ledgers/benefit/empty/benefit_list?programme={PROGRAMME}").content
    staged = batches.stage(_filled(folder, empty), actor="张三", as_of=DAY)
    told["problems"] = [str(one) for one in staged.problems]
    batches.apply(staged.batch.pk, actor="张三")
    told["rows"] = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', _page(client, list_address))
    sums = client.post("/ledgers/benefit/totals", {"programme": PROGRAMME}, headers={"HX-Request": "true"})
    told["totals"] = re.sub(r"<[^>]+>", "", sums.content.decode())
    told["found"] = _found(household)
    told["figures"] = _figures(client)
    print(json.dumps(told, ensure_ascii=False))


def _town() -> int:
    divisions = read_default_divisions()
    assert divisions is not None
    make_home(TOWN, divisions, business_on=DAY)
    with transaction(actor="测试", source=Source("form")) as change:
        [village] = actions.add_villages(change, [{"village_code": "421281102200", "village_name": "罗峰村"}])
        [household] = actions.add_households(
            change,
            [
                {
                    "nat_household_no": "610000000001",
                    "village_key": village,
                    "village_name": "罗峰村",
                    "household_type": "脱贫户",
                }
            ],
        )
        people = [
            {
                "full_name": "田大山",
                "id_no": NUMBER,
                "birth_date": 19600101,
                "nat_person_no": "61000000000101",
            }
        ]
        [person] = actions.add_persons(change, people)
        actions.join(change, [Join(person, household, 20140101)])
        actions.set_heads(change, {household: person}, 20140101)
    return household


def _clerk() -> Client:
    add_account(
        username="clerk",
        full_name="甲",
        holdings=[Holding("clerk", TOWN)],
        actor="测试",
        password="a-long-pass-phrase-7",
        must_change_password=False,
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username="clerk"))
    return client


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def _found(household: int) -> list[str]:
    """The programme's own checks that find something of the household."""
    checked = check_household(household, as_of=DAY)
    return sorted({one.check.id for one in checked.findings if one.check.programme == PROGRAMME})


def _figures(client: Client) -> dict[str, Any]:
    """What the programme's own indicators came to, and the rows that one opens to."""
    count_figures(DAY, actor="测试")
    run = run_of_day(DAY)
    names = ("times", "persons", "households", "amount")
    values = {name: answer(run, _named(f"{PROGRAMME}_{name}")).text for name in names}
    rows = _page(client, f"/indicators/{PROGRAMME}_times/rows?day=2023-12-18")
    listed = "茶苗补助金额" in _page(client, "/indicators")
    return {**values, "listed": listed, "rows": re.sub(r"<[^>]+>", " ", rows).count("田大山")}


def _named(reference: str) -> Resolved:
    return parse_reference(reference, home_rulebook()).on(DAY)


def _filled(folder: Path, empty: bytes) -> Path:
    """The empty workbook with a payment of too much, twice."""
    book = openpyxl.load_workbook(io.BytesIO(empty))
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[2]}
    row = {
        "政策项目": "茶苗补助",
        "姓名": "田大山",
        "证件号码": NUMBER,
        "村": "罗峰村",
        "享受期": "2023",
        "数量": 10,
        "补助标准": 300,
        "发放金额": 5_000,
        "发放日期": "2023-11-20",
    }
    for line in (3, 4):
        for name, value in row.items():
            sheet.cell(line, heads[name]).value = value
    path = folder / "茶苗补助.xlsx"
    book.save(path)
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]))
