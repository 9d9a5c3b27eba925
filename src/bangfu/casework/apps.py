from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "bangfu.casework"
    label = "casework"
    verbose_name = "帮扶整改"

    def ready(self) -> None:
        from bangfu.casework.jobs import register_kinds

        register_kinds()
