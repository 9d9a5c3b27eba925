"""A request as views get it: with its reader."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from bangfu.office.readers import Reader


class Request(HttpRequest):
    """`reader` is there on every page but the login."""

    reader: Reader
    htmx: HtmxDetails
