from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "inharmony.accounts"
    label = "accounts"
