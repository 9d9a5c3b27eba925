from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "bangfu.web"
    label = "web"
    verbose_name = "工作台"

    def ready(self) -> None:
        from bangfu.web.system.jobs import register_kinds

        register_kinds()
