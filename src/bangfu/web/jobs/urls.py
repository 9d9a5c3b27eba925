from django.urls import path

from bangfu.web.jobs import views

urlpatterns = [
    path("jobs", views.jobs, name="jobs"),
    path("jobs/<int:number>", views.job, name="job"),
    path("jobs/<int:number>/progress", views.progress, name="job_progress"),
    path("jobs/<int:number>/cancel", views.cancel, name="job_cancel"),
    path("jobs/<int:number>/retry", views.retry, name="job_retry"),
]
