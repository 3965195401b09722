from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "inharmony.audit"
    label = "audit"
