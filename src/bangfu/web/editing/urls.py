from django.urls import path, register_converter
from django.urls.converters import IntConverter

from bangfu.web.editing import households, members, views


class RowNumber(IntConverter):
    """As many digits as a database takes."""

    regex = "[0-9]{1,15}"


register_converter(RowNumber, "row")

urlpatterns = [
    path("households/new", households.new, name="household_new"),
    path("households/<row:household>/edit", views.household, name="household_edit"),
    path("households/<row:household>/edit/<slug:table>", views.rows, name="rows_edit"),
    path("households/<row:household>/edit/<slug:table>/<row:row>", views.row, name="row_edit"),
    path("households/<row:household>/new/<slug:table>", views.new_row, name="row_new"),
    path("households/<row:household>/members/new", members.join, name="member_join"),
    path("households/<row:household>/members/<row:person>/leave", members.leave, name="member_leave"),
    path("households/<row:household>/head", members.head, name="head_change"),
]
