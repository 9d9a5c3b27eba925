from django.urls import path

from bangfu.web.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("desk/news", views.news, name="desk_news"),
    path("dates", views.date_add, name="date_add"),
    path("dates/<int:number>/drop", views.date_drop, name="date_drop"),
]
