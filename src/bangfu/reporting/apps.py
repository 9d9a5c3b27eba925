from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "bangfu.reporting"
    label = "reporting"
    verbose_name = "材料"

    def ready(self) -> None:
        from bangfu.reporting.jobs import register_kinds

        register_kinds()
