from django.urls import path

from bangfu.web.desk import views

urlpatterns = [path("", views.desk, name="desk")]
