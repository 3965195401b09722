from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "inharmony.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listens for what goes into the trail."""
        from inharmony.accounts import trail

        trail.connect()
