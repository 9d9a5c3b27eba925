from django.urls import path

from bangfu.web.household import views
from bangfu.web.reports import cards

urlpatterns = [
    path("households", views.households, name="households"),
    path("households/export", views.export, name="households_export"),
    path("households/<int:household>", views.household, name="household"),
    path("households/<int:household>/reveal", views.reveal, name="household_reveal"),
    path("households/<int:household>/card", cards.card, name="household_card"),
    path("households/<int:household>/<slug:section>", views.section, name="household_section"),
]
