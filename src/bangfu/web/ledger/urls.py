from django.urls import path

from bangfu.web.ledger import changing, lists, one, quotas, shelves, template, workbook
from bangfu.web.numbers import ROW

urlpatterns = [
    path("ledgers", shelves.ledgers, name="ledgers"),
    path("ledgers/post/quotas", quotas.posts, name="post_quotas"),
    path("ledgers/<slug:table>", lists.ledger, name="ledger"),
    path("ledgers/<slug:table>/totals", lists.sums, name="ledger_totals"),
    path("ledgers/<slug:table>/export", workbook.export, name="ledger_export"),
    path("ledgers/<slug:table>/empty/<slug:layout>", template.template, name="ledger_template"),
    path("ledgers/<slug:table>/new", changing.new, name="ledger_new"),
    path(f"ledgers/<slug:table>/<{ROW}:row>", one.row, name="ledger_row"),
    path(f"ledgers/<slug:table>/<{ROW}:row>/edit", changing.edit, name="ledger_edit"),
    path(f"ledgers/<slug:table>/<{ROW}:row>/remove", one.remove, name="ledger_remove"),
    path(f"ledgers/<slug:table>/<{ROW}:row>/reveal", one.reveal, name="ledger_reveal"),
]
