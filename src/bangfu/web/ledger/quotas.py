from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.ledger.posts import QUOTA, posts_by_village
from bangfu.ledger.reach import reaches
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING
from bangfu.terms.loader import load_terms
from bangfu.web.ledger.reach import view_of, villages_of
from bangfu.web.request import Request


@require_safe
def posts(request: Request) -> HttpResponse:
    """How many posts each village has, holds and could still give."""
    view = view_of(request.reader)
    table, names = load_terms().table("post"), villages_in(EVERYTHING)
    is_seen = reaches(table.name, view.scope, view.now.policy)
    rows = posts_by_village(view.scope, villages_of(view.scope, names), view.now) if is_seen else []
    told = {
        "section": "ledger",
        "table": table,
        "day": view.now.day,
        "rows": [(names.get(one.village or 0, "未写明村"), one) for one in rows],
        "quota": view.now.standard(QUOTA),
        "total": {
            "quota": sum(one.quota or 0 for one in rows),
            "holders": sum(one.holders for one in rows),
            "loose": sum(one.without_agreement for one in rows),
            "paid": sum(one.paid for one in rows),
            "free": sum(one.free for one in rows if one.free is not None),
            "over": sum(-one.free for one in rows if one.free is not None and one.free < 0),
        },
    }
    return render(request, "web/ledger/posts.html", told)
