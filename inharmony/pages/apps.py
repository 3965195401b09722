from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "inharmony.pages"
    label = "pages"
    verbose_name = "Pages that every part shares"
