from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = "The record"

    def ready(self) -> None:
        from plans import triggers

        post_migrate.connect(triggers.after_migrate, sender=self)
