from django.urls import path

from bangfu.web.policy import checks, programmes, standards

urlpatterns = [
    path("policy", checks.listed, name="policy"),
    path("policy/checks/<str:check>", checks.check, name="policy_check"),
    path("policy/standards", standards.listed, name="policy_standards"),
    path("policy/standards/<str:standard>", standards.standard, name="policy_standard"),
    path("policy/programmes", programmes.listed, name="policy_programmes"),
    path("policy/programmes/<str:programme>", programmes.programme, name="policy_programme"),
]
