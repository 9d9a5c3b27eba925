"""The month before: what the demo town's office has done with the workbench already, through the same actions as users.

A run a month ago, most of what it found handed out, some of it answered, verified, closed or sent back; then today's run,
and the figures of today and of the last year's end.
"""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.casework import queries as tasks
from bangfu.casework.actions import (
    Judgement,
    acknowledge,
    after_run,
    answer,
    climb,
    close,
    open_from_findings,
    send_back,
    set_chain,
    verify,
)
from bangfu.casework.chain import OF_DEPARTMENT, OF_TOWN, OF_VILLAGE, Link
from bangfu.casework.evidence_files import keep
from bangfu.casework.hands import Hand
from bangfu.demo.homes import AS_OF
from bangfu.demo.photo import house_photo
from bangfu.findings.asked import Asked
from bangfu.findings.progress import Say, silent
from bangfu.findings.queries import FindingFilter, numbers
from bangfu.findings.runs import run_checks
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.accounts import account_named, reader_of
from bangfu.office.dates import set_date
from bangfu.registry import queries as registry
from bangfu.reporting.runs import count_days

BEGUN = 20200320
YEAR_END = 20191231
ANSWERED, VERIFIED = 20200324, 20200328
LEADERS = ("李国栋", "余春和", "邓长青", "熊广文")
CADRES = ("王秀兰", "沈德胜", "黎桂芳", "钱有才", "魏元香", "葛松柏", "舒梅英", "龚大川", "方小莲", "汤和平")
LEFT = 8
"""Findings that nobody has handed out yet: a newcomer's first step."""
_MEASURES = (
    ("已入户核对户口本和身份证", "资料已补齐，和户口本一致"),
    ("已与学校核对学籍", "学籍信息已核对清楚"),
    ("已到银行核对流水", "账目已对上"),
)


def spend_a_month(say: Say = silent) -> None:
    """Needs the accounts of `office.add_workers`; runs the checks twice, so in a process of its own."""
    clerk, leader, cadre = (_hand(name, BEGUN) for name in ("clerk", "leader", "cadre"))
    _set_chain(clerk, cadre)
    set_date(name="脱贫攻坚普查入户", on=20200701, day=AS_OF, actor="clerk")
    set_date(name="县级月报截止", on=20200430, day=AS_OF, actor="clerk")
    _run(Asked(BEGUN, checks=_without_visits()), say)
    found = numbers(scope_of(clerk.reader, "finding.see"), FindingFilter(), 1_000)
    opened = open_from_findings(clerk, found[:-LEFT] if len(found) > LEFT else found)
    _work(clerk, leader, cadre, opened.tasks)
    climb(AS_OF)
    _run(Asked(AS_OF), say)
    count_days((YEAR_END, AS_OF), actor="clerk", say=say)


def _hand(username: str, day: int) -> Hand:
    user = account_named(username)
    assert user is not None, username
    return Hand(reader_of(user), day)


def _run(asked: Asked, say: Say) -> None:
    run = run_checks(asked, actor="clerk", say=say)
    after_run(run, actor="clerk", day=asked.as_of)


def _without_visits() -> tuple[str, ...]:
    """In the first quarter nobody could visit anybody: the office asks everything else."""
    return tuple(check.id for check in home_rulebook().in_force(BEGUN) if not check.id.startswith("visit."))


def _set_chain(clerk: Hand, cadre: Hand) -> None:
    """Every village has its leader and its cadre; the one with an account is the account's village."""
    own = {holding.area for holding in cadre.reader.holdings}
    others = iter(name for name in CADRES if name != cadre.reader.name)
    for place, (village, row) in enumerate(sorted(registry.village_rows().items())):
        is_own = row["village_code"] in own
        leader = LEADERS[place % len(LEADERS)]
        link = Link(
            unit=f"{row['village_name']}委会" if row["village_name"].endswith("村") else row["village_name"],
            lead_leader=leader,
            lead_account="leader" if leader == LEADERS[0] else None,
            responsible_person=cadre.reader.name if is_own else next(others, "村书记"),
            assignee="cadre" if is_own else None,
        )
        set_chain(clerk, kind=OF_VILLAGE, village=village, link=link)
    officer = Link(unit="镇民政办", responsible_person="赵明霞", assignee="minzheng")
    set_chain(clerk, kind=OF_DEPARTMENT, department="民政", link=officer)
    town = Link(unit="镇党委", lead_leader=LEADERS[0], lead_account="leader", responsible_person=LEADERS[0])
    set_chain(clerk, kind=OF_TOWN, link=town)


def _work(clerk: Hand, leader: Hand, cadre: Hand, opened: Sequence[int]) -> None:
    """The cadre takes what is theirs; of it one waits for verification, one is verified, one sent back, one closed."""
    seen = _revisions(cadre)
    mine = [task for task in opened if task in seen]
    later = Hand(cadre.reader, ANSWERED)
    for task in mine:
        seen[task] = acknowledge(later, task, seen=seen[task])
    photo = keep("现场照片.png", [house_photo()])
    for task, (measure, effect) in zip(mine, _MEASURES, strict=False):
        seen[task] = answer(later, task, seen=seen[task], measure=measure, effect=effect, files=(photo,))
    judge = Hand(clerk.reader, VERIFIED)
    if len(mine) > 1:
        revision = verify(judge, mine[1], seen=seen[mine[1]], verdict=_verdict(judge.day))
        close(Hand(leader.reader, judge.day), mine[1], seen=revision, text="同意销号")
    if len(mine) > 2:
        send_back(judge, mine[2], seen=seen[mine[2]], reason="照片看不清门牌，请补拍并写明核对的是哪一本存折")


def _revisions(hand: Hand) -> dict[int, int]:
    scope = scope_of(hand.reader, "task.see")
    page = tasks.tasks(scope, tasks.TaskFilter(), day=hand.day, size=200)
    return {line.id: line.revision for line in page.rows}


def _verdict(day: int) -> Judgement:
    return Judgement("属实", "入户", day, "户主本人", "与答复一致，资料已补齐", False)
