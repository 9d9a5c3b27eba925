from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "bangfu.intake"
    label = "intake"
    verbose_name = "采集"

    def ready(self) -> None:
        from bangfu.intake.jobs import register_kinds

        register_kinds()
