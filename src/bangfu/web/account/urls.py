from django.urls import path

from bangfu.web.account import views

urlpatterns = [
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
    path("password", views.password, name="password"),
    path("alive", views.alive, name="alive"),
]
