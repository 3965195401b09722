"""The portal as a whole; no noun of the programme lives here."""

from inharmony.celery import app as celery_app

__all__ = ["celery_app"]
