from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "bangfu.intake"
    label = "intake"
    verbose_name = "采集"
