from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "inharmony.pages"
    label = "pages"
    verbose_name = "Pages that every part shares"

    def ready(self) -> None:
        """Listens to what the database says of public pages."""
        # inside: settings must be there
        from inharmony.pages.changes import listen

        listen()
