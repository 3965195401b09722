from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "inharmony.public"
    label = "public"
    verbose_name = "The public face"
