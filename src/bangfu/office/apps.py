from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class OfficeConfig(AppConfig):
    name = "bangfu.office"
    label = "office"
    verbose_name = "机构"

    def ready(self) -> None:
        # `logins` notes when somebody came, where that does not keep them waiting
        user_logged_in.disconnect(dispatch_uid="update_last_login")
