from django.urls import path

from bangfu.web.editing import households, members, views
from bangfu.web.numbers import ROW

urlpatterns = [
    path("households/new", households.new, name="household_new"),
    path(f"households/<{ROW}:household>/edit", views.household, name="household_edit"),
    path(f"households/<{ROW}:household>/edit/<slug:table>", views.rows, name="rows_edit"),
    path(f"households/<{ROW}:household>/edit/<slug:table>/<{ROW}:row>", views.row, name="row_edit"),
    path(f"households/<{ROW}:household>/new/<slug:table>", views.new_row, name="row_new"),
    path(f"households/<{ROW}:household>/members/new", members.join, name="member_join"),
    path(f"households/<{ROW}:household>/members/<{ROW}:person>/leave", members.leave, name="member_leave"),
    path(f"households/<{ROW}:household>/head", members.head, name="head_change"),
]
