from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "bangfu.findings"
    label = "findings"
    verbose_name = "疑点"

    def ready(self) -> None:
        from bangfu.findings.jobs import register_kinds

        register_kinds()
