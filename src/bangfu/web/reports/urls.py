from django.urls import path

from bangfu.web.reports import counting, dashboard, listing, one, rows, statistics, verifying

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
    path("verify", verifying.verify, name="verify"),
    path("verify/download", verifying.download, name="verify_download"),
]
