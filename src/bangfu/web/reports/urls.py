from django.urls import path

from bangfu.web.numbers import ROW
from bangfu.web.reports import (
    cards,
    counting,
    dashboard,
    forms,
    listing,
    one,
    papers,
    rows,
    statistics,
    templates,
    verifying,
)

urlpatterns = [
    path("dashboard", dashboard.dashboard, name="dashboard"),
    path("dashboard/export", dashboard.export, name="dashboard_export"),
    path("indicators", listing.indicators, name="indicators"),
    path("indicators/export", listing.export, name="indicators_export"),
    path("indicators/count", counting.count, name="indicators_count"),
    path("indicators/<str:indicator>", one.indicator, name="indicator"),
    path("indicators/<str:indicator>/export", one.export, name="indicator_export"),
    path("indicators/<str:indicator>/rows", rows.rows, name="indicator_rows"),
    path("indicators/<str:indicator>/rows/export", rows.export, name="indicator_rows_export"),
    path("statistics", statistics.statistics, name="statistics"),
    path("statistics/<str:table>", statistics.one, name="statistic"),
    path("statistics/<str:table>/export", statistics.export, name="statistic_export"),
    path("papers", papers.papers, name="papers"),
    path(f"papers/<{ROW}:number>", papers.one, name="paper"),
    path(f"papers/<{ROW}:number>/file", papers.file, name="paper_file"),
    path(f"papers/<{ROW}:number>/remove", papers.remove, name="paper_remove"),
    path("papers/templates", templates.templates, name="paper_templates"),
    path("papers/templates/upload", templates.upload, name="template_upload"),
    path("papers/templates/<str:name>/file", templates.file, name="template_file"),
    path(f"papers/templates/<{ROW}:number>/remove", templates.remove, name="template_remove"),
    path("papers/forms", forms.forms, name="paper_forms"),
    path("papers/cards", cards.cards, name="paper_cards"),
    path(f"papers/cards/<{ROW}:number>/file", cards.file, name="paper_cards_file"),
    path("verify", verifying.verify, name="verify"),
    path("verify/download", verifying.download, name="verify_download"),
]
