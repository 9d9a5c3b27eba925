from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "bangfu.registry"
    label = "registry"
    verbose_name = "建档立卡"

    def ready(self) -> None:
        from bangfu.office.journal.derived import keep_derived
        from bangfu.registry.derived import DERIVED

        keep_derived(DERIVED)
