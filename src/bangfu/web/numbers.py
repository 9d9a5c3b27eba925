"""Numbers of rows in addresses: as many digits as a database takes."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter

ROW = "row"
"""The name by which addresses take one: `<row:household>`."""


class RowNumber(IntConverter):
    regex = "[0-9]{1,15}"


register_converter(RowNumber, ROW)
