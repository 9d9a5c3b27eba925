"""明白卡: of a village or of all that the reader reaches as a job, of one household at once."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.documents.pdf import Press, card_pdf
from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export
from bangfu.office.home import business_day, this_home
from bangfu.registry.household import HouseholdHead, household_head
from bangfu.registry.queries import households_by_number
from bangfu.registry.scope import Scope
from bangfu.reporting.papers.cards import cards_of, office_of
from bangfu.reporting.papers.kinds import CARDS, RIGHTS
from bangfu.reporting.papers.orders import order_cards
from bangfu.reporting.papers.shelf import last_words, paper
from bangfu.terms.errors import UserError
from bangfu.web.reports.ordering import Order, order_page
from bangfu.web.reports.papers import hand_out
from bangfu.web.reports.taking import as_file, reason_of
from bangfu.web.request import Request

_PRESSING = Lock()
_MOST_WORDS = 400


@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    order = Order(request)
    day, reason = order.day(), order.reason()
    household = _household(request, order)
    if order.wrong:
        return _page(request, order)
    words = {"phone": order.text("phone", 40), "complaints": order.text("complaints", _MOST_WORDS)}
    try:
        order_cards(
            request.reader,
            as_of=day,
            village=None if household else order.number("village"),
            household=household,
            reason=reason,
            words=words,
        )
    except UserError as refused:
        order.wrong["village"] = str(refused)
        return _page(request, order)
    return redirect("paper_cards")


@require_POST
def file(request: Request, number: int) -> HttpResponseBase:
    shown = paper(request.reader, number, (CARDS,))
    if shown is None:
        raise Http404
    return hand_out(request, shown)


@require_POST
def card(request: Request, household: int) -> HttpResponse:
    """One household's, straight away: it is a page or two. UserError where the household has none."""
    scope, day = scope_of(request.reader, RIGHTS[CARDS]), business_day()
    head = household_head(scope, household, day)
    if head is None:
        raise Http404
    reason = reason_of(request)
    content = _card_of(scope, head, day)
    record_export(request.reader, what="明白卡，1 户", reason=reason, rows=1)
    number = head.columns["nat_household_no"] or f"H{head.id}"
    return as_file(content, f"明白卡 {number}.pdf", "application/pdf")


def _card_of(scope: Scope, head: HouseholdHead, day: int) -> bytes:
    villages = [head.village] if head.village is not None else []
    found = next(cards_of(day, scope, villages=villages, households=[head.id]), None)
    if found is None:
        raise UserError("这一户没有明白卡：明白卡印给建档立卡户、脱贫户和监测对象")
    words = last_words()
    office = office_of(
        day,
        this_home().place,
        phone=words.get("phone", ""),
        complaints=complaints_of(words.get("complaints", "")),
    )
    with _PRESSING:
        return card_pdf(found, office, _press())


def complaints_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@lru_cache(maxsize=1)
def _press() -> Press:
    """Of the process: looking for the fonts takes longer than the card."""
    return Press()


def _household(request: Request, order: Order) -> int | None:
    """By 户编号, in the reader's scope; one outside is as if it were not there."""
    number = order.text("household_no", 40)
    if not number:
        return None
    found = households_by_number([number]).get(number)
    scope = scope_of(request.reader, RIGHTS[CARDS])
    if found is None or household_head(scope, found, business_day()) is None:
        order.wrong["household_no"] = "没有这个户编号，或者不在您的范围里，请核对"
    return found


def _page(request: Request, order: Order | None = None) -> HttpResponse:
    return order_page(
        request,
        "web/reports/cards.html",
        CARDS,
        order,
        tab="paper_cards",
        words=last_words(),
    )
