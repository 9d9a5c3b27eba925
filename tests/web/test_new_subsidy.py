"""A new subsidy is one YAML file: its pages, its form, its import, its checks, its indicators."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bangfu.policy.root import default_root

FILE = """\
id: tea_seedling
name: 茶苗补助
department: 农业农村
subject: person
period: year
eligible: household.household_type == "脱贫户" and age(birth_date) >= 16
amount: quantity * unit_standard
basis: 镇里自己定的补助
aliases: [茶树苗补贴]
examples:
  - {given: {birth_date: 1960-01-01, household: {household_type: 脱贫户}}, expect: entitled}
"""


def test_a_new_subsidy_is_one_file(tmp_path: Path) -> None:
    rulebook = tmp_path / "rulebook"
    shutil.copytree(default_root(), rulebook)
    for folder in ("indicators", "statistics"):  # of the shipped ones: counting them takes long
        shutil.rmtree(rulebook / folder)
    (rulebook / "programmes" / "tea_seedling.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "home").mkdir()
    given = {
        "BANGFU_RULEBOOK": str(rulebook),
        "BANGFU_HOME": str(tmp_path / "home"),
        "BANGFU_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "bangfu.config.settings",
    }
    script = Path(__file__).with_name("new_subsidy.py")
    words = [sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(words, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["on_the_shelf"], told["list"], told["form"], told["policy"]) == (True, True, True, 200)
    assert told["checks"] == [
        f"tea_seedling.{kind}"
        for kind in (
            "entitled_not_received",
            "paid_after_death",
            "paid_twice",
            "received_not_entitled",
            "wrong_amount",
        )
    ]
    assert told["problems"] == []
    assert told["rows"] == ["田大山", "田大山"]
    assert "10,000.00" in told["totals"]
    assert told["found"] == ["tea_seedling.paid_twice", "tea_seedling.wrong_amount"]
    figures = {"times": "2", "persons": "1", "households": "1", "amount": "10,000"}
    assert told["figures"] == {**figures, "listed": True, "rows": 2}
