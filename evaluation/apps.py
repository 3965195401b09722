from django.apps import AppConfig
from django.db.models.signals import post_migrate

from inharmony.access.walls import apply_after_migrate


class EvaluationConfig(AppConfig):
    name = "evaluation"

    def ready(self) -> None:
        # the last app to migrate: every table the walls speak of is there
        post_migrate.connect(apply_after_migrate, sender=self, dispatch_uid="walls")
