from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "bangfu.office"
    label = "office"
    verbose_name = "机构"
