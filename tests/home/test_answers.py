"""What a file asked is answered: left, still here, moved in; asked again only when there is reason to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from bangfu.cli.main import main
from bangfu.intake import answers, batches
from bangfu.intake.models import Question
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.registry import queries
from bangfu.registry.actions import Refused
from bangfu.terms.errors import UserError
from tests.home.hashes import facts_hash, models
from tests.home.source_lists import exported_rows
from tests.home.test_import import export, load, rewritten  # noqa: F401

GONE, MOVED = "名单里没有了", "换户"
Rows = list[list[str | None]]


def month(source: Path, target: Path, on: str, change: Callable[[list[str], Rows], Rows]) -> Path:
    """The export of a later month (导出时间 `on`)."""
    return rewritten(source, target, change, f"导出时间:{on}")


def without(*names: str) -> Callable[[list[str], Rows], Rows]:
    return lambda head, rows: [row for row in rows if row[head.index("人编号")] not in names]


@cache
def town(export: Path) -> list[dict[str, str]]:  # noqa: F811
    return exported_rows(export)


def member_of(export: Path, household: int) -> str:  # noqa: F811
    """The 人编号 of somebody of the n-th household of several who is not its head."""
    rows = town(export)
    several = list(dict.fromkeys(row["户编号"] for row in rows if row["与户主关系"] != "户主"))
    members = [row for row in rows if row["户编号"] == several[household] and row["与户主关系"] != "户主"]
    return members[0]["人编号"]


def person(number: str) -> int:
    return queries.persons_by_number([number])[number]


def asked(kind: str) -> list[Question]:
    return [question for question in answers.open_questions() if question.kind == kind]


def test_who_has_left_leaves_and_is_not_asked_about_again(
    any_home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number = member_of(export, 0)
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", without(number)))
    loaded = facts_hash()
    [question] = answers.open_questions()
    assert (question.kind, question.row) == (GONE, person(number))
    answers.answer_left(question.pk, 20240105, "死亡", actor="李四")
    [spell] = queries.history_of(person(number))
    assert spell.left_on == 20240105
    assert answers.open_questions() == []
    with pytest.raises(UserError, match="已由 李四 答复:已减少"):
        answers.answer_still_here(question.pk, actor="李四")
    assert broken_links() == []
    assert broken_facts(models()) == []
    answers.take_back(question.pk, actor="李四")
    assert facts_hash() == loaded
    assert [one.pk for one in answers.open_questions()] == [question.pk]
    answers.answer_left(question.pk, 20240106, "失踪", actor="李四")
    assert load(month(export, tmp_path / "2月.xlsx", "2024年2月18日", without(number))).questions == []


def test_who_is_still_here_is_asked_about_only_after_turning_up(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number = member_of(export, 0)
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", without(number)))
    before = facts_hash()
    [question] = asked(GONE)
    answers.answer_still_here(question.pk, actor="李四")
    assert facts_hash() == before
    load(month(export, tmp_path / "2月.xlsx", "2024年2月18日", without(number)))
    assert asked(GONE) == []
    load(month(export, tmp_path / "3月.xlsx", "2024年3月18日", without()))  # there again
    load(month(export, tmp_path / "4月.xlsx", "2024年4月18日", without(number)))
    [again] = asked(GONE)
    assert (again.row, again.batch_id) == (person(number), 5)


def test_the_answer_stands_again_when_the_batch_that_named_the_person_is_undone(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number = member_of(export, 0)
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", without(number)))
    answers.answer_still_here(asked(GONE)[0].pk, actor="李四")
    grown = month(export, tmp_path / "2月.xlsx", "2024年2月18日", _richer)
    load(grown)
    batches.undo(3, actor="张三")
    load(month(export, tmp_path / "3月.xlsx", "2024年3月18日", without(number)))
    assert asked(GONE) == []


def _richer(head: list[str], rows: Rows) -> Rows:
    for row in rows:
        row[head.index("工资性收入")] = "4321"
    return rows


def test_undoing_the_batch_of_the_answer_asks_anew(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number = member_of(export, 0)

    def change(head: list[str], rows: Rows) -> Rows:
        return _richer(head, without(number)(head, rows))

    january = month(export, tmp_path / "1月.xlsx", "2024年1月18日", change)
    load(january)
    answers.answer_still_here(asked(GONE)[0].pk, actor="李四")
    batches.undo(2, actor="张三")
    assert answers.open_questions() == []
    load(january)
    assert [question.row for question in asked(GONE)] == [person(number)]


def moving(number: str, household: str) -> Callable[[list[str], Rows], Rows]:
    def change(head: list[str], rows: Rows) -> Rows:
        [mover] = [row for row in rows if row[head.index("人编号")] == number]
        mover[head.index("户编号")] = household
        return [
            *(row for row in rows if row is not mover),
            mover,
        ]  # the household's own first row speaks for it

    return change


def test_who_moved_leaves_one_household_and_joins_the_other(
    any_home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number, other = member_of(export, 0), town(export)[-1]["户编号"]
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", moving(number, other)))
    before = facts_hash()
    [question] = asked(MOVED)
    answers.answer_moved_in(question.pk, actor="李四")
    old, new = queries.history_of(person(number))
    assert (old.left_on, new.joined_on, new.left_on) == (20240118, 20240118, None)
    assert new.household == queries.households_by_number([other])[other]
    again = load(month(export, tmp_path / "2月.xlsx", "2024年2月18日", moving(number, other)))
    assert again.questions == []
    assert again.is_empty
    answers.take_back(question.pk, actor="李四")
    assert facts_hash() == before


def test_who_did_not_move_is_not_asked_about_again(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number, other = member_of(export, 0), town(export)[-1]["户编号"]
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", moving(number, other)))
    answers.answer_still_here(asked(MOVED)[0].pk, actor="李四")
    load(month(export, tmp_path / "2月.xlsx", "2024年2月18日", moving(number, other)))
    assert asked(MOVED) == []
    third = town(export)[-20]["户编号"]
    load(month(export, tmp_path / "3月.xlsx", "2024年3月18日", moving(number, third)))
    assert [question.household_no for question in asked(MOVED)] == [third]


def test_answers_that_do_not_fit_are_refused(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    load(export)
    number, another = member_of(export, 0), member_of(export, 1)
    january = month(export, tmp_path / "1月.xlsx", "2024年1月18日", without(number))
    staged = batches.stage(january, actor="张三")
    waiting = Question.objects.get(batch=staged.batch)
    with pytest.raises(UserError, match="已读入,还没有应用"):
        answers.answer_still_here(waiting.pk, actor="李四")
    batches.apply(staged.batch.pk, actor="张三")
    [question] = asked(GONE)
    before = facts_hash()
    with pytest.raises(UserError, match="没有减少原因“走了”"):
        answers.answer_left(question.pk, 20240105, "走了", actor="李四")
    with pytest.raises(Refused, match="早于加入日期"):
        answers.answer_left(question.pk, 19900101, "失踪", actor="李四")
    with pytest.raises(UserError, match="不能这样答复"):
        answers.answer_moved_in(question.pk, actor="李四")
    with pytest.raises(UserError, match="没有问题 999"):
        answers.answer_still_here(999, actor="李四")
    with pytest.raises(UserError, match="没有答复过"):
        answers.take_back(question.pk, actor="李四")
    assert facts_hash() == before
    assert [one.state for one in asked(GONE)] == ["open"]
    load(month(export, tmp_path / "2月.xlsx", "2024年2月18日", without(number, another)))
    with pytest.raises(UserError, match="来自较早的表"):
        answers.answer_still_here(question.pk, actor="李四")


def test_the_clerk_answers_on_the_command_line(
    home: Path,
    export: Path,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    load(export)
    number = member_of(export, 0)
    load(month(export, tmp_path / "1月.xlsx", "2024年1月18日", without(number)))
    [question] = answers.open_questions()
    assert main(["questions", "--batch", "2"]) == 0
    assert f"{question.pk} [名单里没有了] 批次 2 " in capsys.readouterr().out
    assert main(["answer", str(question.pk), "--left", "2024-01-05"]) == 2
    assert "减少要写原因" in capsys.readouterr().err
    assert main(["answer", str(question.pk)]) == 2
    capsys.readouterr()
    assert main(["answer", str(question.pk), "--left", "2024-01-05", "--reason", "婚出"]) == 0
    assert main(["questions"]) == 0
    assert "没有答复的问题 0 个" in capsys.readouterr().out
    assert main(["journal", "show", "--last", "1"]) == 0
    assert f"(答复问题 {question.pk}) membership" in capsys.readouterr().out
    assert main(["answer", str(question.pk), "--take-back"]) == 0
    assert len(answers.open_questions()) == 1
