"""Faults put into the portal, in processes that `tests.prove.sabotaged` is the settings of and in no others."""

import importlib
import logging
import os
from collections.abc import Callable
from typing import Any

from django.apps import AppConfig, apps

log = logging.getLogger("sabotage")


class Sabotage(AppConfig):
    """Named in INSTALLED_APPS last; SABOTAGE in the environment names the faults, with commas."""

    name = "tests.prove"
    label = "sabotage"

    def ready(self) -> None:
        for fault in filter(None, os.environ.get("SABOTAGE", "").split(",")):
            FAULTS[fault]()


def _everything_is_visible() -> None:
    """Every `visible_to` returns everything. The walls of the database are none of this process's to take down."""
    for model in apps.get_models():
        rows = type(model._default_manager.all())
        if hasattr(rows, "visible_to"):
            rows.visible_to = lambda self, *_, **__: self.all()


def _view_skips_the_wall() -> None:
    """Ending a contact reaches whichever contact the address names."""
    contact = apps.get_model("programmes", "SafeguardingContact")
    _put("programmes.views.safeguarding", "get_contact_for", lambda _user, pk: _found(contact, pk))


def _child_skips_the_wall() -> None:
    """A child's page, and protecting one, reach whichever child the address names."""
    child = apps.get_model("participants", "Child")
    for module in ("child", "at_risk"):
        _put(f"participants.views.{module}", "get_child_for", lambda _user, pk, **_: _found(child, pk))


def _field_offers_foreign() -> None:
    """The form that says who leads what offers the ensembles of every hub."""
    form = importlib.import_module("programmes.forms.tutor").LeadsForm
    begin, ensemble = form.__init__, apps.get_model("programmes", "Ensemble")

    def begin_with_all(self, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        self.fields["ensembles"].queryset = ensemble.objects.all()

    form.__init__ = begin_with_all


def _foreign_is_told_from_absent() -> None:
    """An ensemble of another hub is refused, where an absent one is not found."""
    from django.core.exceptions import PermissionDenied

    ensemble = apps.get_model("programmes", "Ensemble")

    def get(user, pk: int):
        found = _found(ensemble, pk)
        if not ensemble.objects.visible_to(user).filter(pk=pk).exists():
            raise PermissionDenied
        return found

    _put("participants.views.membership", "get_ensemble_for", get)


def _act_is_not_told() -> None:
    """Protecting a child leaves no entry in the trail."""
    _put("participants.actions.at_risk", "audit", lambda **_: None)


def _second_factor_is_not_asked_for() -> None:
    _put("inharmony.access.middleware", "has_second_factor", lambda _request: True)


def _names_are_logged() -> None:
    _on_sight(lambda name: log.warning("Saw %s", name))


def _names_are_mailed() -> None:
    from django.core.mail import send_mail

    _on_sight(lambda name: send_mail("Seen", f"Somebody saw {name}.", None, ["records@hub.example"]))


def _names_are_sent_to_the_worker() -> None:
    from inharmony.celery import app

    _on_sight(lambda name: app.send_task("sabotage.seen", args=[name]))


def _on_sight(tell: Callable[[str], object]) -> None:
    """Has a child's name told whenever somebody opens the child's page."""
    views = importlib.import_module("participants.views.child")
    before = views.audit_sight

    def told(user, child) -> None:
        tell(child.name)
        before(user, child)

    views.audit_sight = told


def _found(model, pk: int):
    from django.shortcuts import get_object_or_404

    return get_object_or_404(model, pk=pk)


def _put(module: str, name: str, value: object) -> None:
    found = importlib.import_module(module)
    assert hasattr(found, name), (
        f"{module} has no {name} any more: say in tests/prove/sabotage.py what to break instead"
    )
    setattr(found, name, value)


FAULTS: dict[str, Callable[[], None]] = {
    "everything visible": _everything_is_visible,
    "view": _view_skips_the_wall,
    "child": _child_skips_the_wall,
    "field": _field_offers_foreign,
    "difference": _foreign_is_told_from_absent,
    "entry": _act_is_not_told,
    "second factor": _second_factor_is_not_asked_for,
    "log": _names_are_logged,
    "mail": _names_are_mailed,
    "job": _names_are_sent_to_the_worker,
}
SINGLE = tuple(name for name in FAULTS if name != "everything visible")
