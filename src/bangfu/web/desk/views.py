from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.web.request import Request


@require_safe
def desk(request: Request) -> HttpResponse:
    return render(request, "web/desk.html", {"section": "desk"})
