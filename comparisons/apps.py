from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    name = "comparisons"
    verbose_name = "What differs"

    def ready(self) -> None:
        from comparisons import deriving  # noqa: F401 (its receivers)
