"""
The history of guarded rows: each UPDATE and DELETE leaves who, when, which row, and the names of the changed fields.

Written by triggers, so that raw SQL and bulk updates leave it too. No value is kept. An INSERT leaves none: the act
that made the row is in the trail. Who it was is told to the database with the scope (`inharmony.access.scope`).
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from pghistory.models import Event
from pghistory.trigger import Event as EventTrigger

from inharmony.access.privacy import Privacy, Rights, Wall

# keys that a row's history takes over from the row, where it has them
KEYS = ("programme_id", "child_id", "user_id")
PERSON = "nullif(current_setting('pghistory.context_metadata', true), '')::jsonb"


class RowChange(Event):
    """One UPDATE or DELETE of one row: keys and names of fields, never a value."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_created_at = models.DateTimeField()
    # update or delete
    pgh_label = models.CharField(max_length=6)
    # {"person": id}; nothing where nobody asked through the portal
    pgh_context = models.JSONField(null=True)
    # the row's own key; of a mark, the session's
    row_id = models.BigIntegerField()
    changed = ArrayField(models.CharField(max_length=60), default=list)

    followed: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True


class _Trigger(EventTrigger):
    """pghistory's trigger, but one history row for a changed row, with the names of its changed fields in it."""

    event_model: type[RowChange]

    def get_func(self, model: Any) -> str:
        """Returns the body of the trigger's function."""
        history = {field.name for field in self.event_model._meta.fields}
        values = {
            # not the transaction's beginning: an act and its changes then stand in the order they happened
            "pgh_created_at": "clock_timestamp()",
            "pgh_label": f"'{self.label}'",
            "pgh_context": PERSON,
            "row_id": f"{self.row}.{model._meta.pk_fields[0].column}",
            **{key: f"{self.row}.{_column_of(model, key)}" for key in KEYS if key in history},
            "changed": _names(model, self.event_model.followed) if self.label == "update" else "'{}'",
        }
        table = self.event_model._meta.db_table
        return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())}); RETURN NULL;"  # noqa: S608


def _names(model: Any, followed: Iterable[str]) -> str:
    cases = []
    for name in followed:
        column = model._meta.get_field(name).column
        cases.append(f"CASE WHEN OLD.{column} IS DISTINCT FROM NEW.{column} THEN '{name}' END")
    return f"array_remove(ARRAY[{', '.join(cases)}], NULL)"


def _column_of(model: type[models.Model], key: str) -> str | None:
    """Returns the column that a key is taken from: of the child itself, its id."""
    columns = {field.column for field in model._meta.fields}
    if key in columns:
        return key
    return "id" if key == f"{model._meta.model_name}_id" else None


class _OwnTrigger:
    """What both trackers do in pghistory's stead: install our trigger."""

    def add_event_trigger(self, event_model: type[RowChange]) -> None:
        """Registers the trigger with the model it watches; the migrations of its app carry it."""
        tracker: Any = self
        pgtrigger.register(
            _Trigger(  # type: ignore[no-untyped-call]  # the library has no types here
                event_model=event_model,
                label=tracker.label,
                name=f"history_{tracker.label}",
                row=tracker.row,
                operation=tracker.operation,
                condition=tracker.condition,
                level=pgtrigger.Row,
            )
        )(event_model.pgh_tracked_model)


class _Update(_OwnTrigger, pghistory.UpdateEvent):
    pass


class _Delete(_OwnTrigger, pghistory.DeleteEvent):
    pass


def tracked(model: type[models.Model], *also: str, only: Iterable[str] = ()) -> type[RowChange]:
    """
    Declares that UPDATE and DELETE of a model leave history, and returns the model of that history.

    Followed are the fields its privacy calls personal or special, and those named in `also`; or `only` some.
    """
    declared: Privacy = model.privacy  # type: ignore[attr-defined]
    names = tuple(only) or (*declared.personal.split(), *declared.special.split(), *also)
    keys = [key for key in KEYS if _column_of(model, key)]
    name = f"{model._meta.object_name}Change"
    by_time = BrinIndex(fields=["pgh_created_at"], name=f"{name.lower()}_by_time", autosummarize=True)
    by_child = models.Index(fields=["child_id", "pgh_created_at"], name=f"{name.lower()}_by_child")
    meta = type("Meta", (), {"indexes": [by_time, *([by_child] if "child_id" in keys else [])]})
    attributes = {
        "__module__": model.__module__,
        "__doc__": f"What became of rows of {model._meta.label}; see inharmony.audit.history.",
        "Meta": meta,
        "pgh_tracked_model": model,
        "pgh_trackers": (_Update(condition=pgtrigger.AnyChange(*names)), _Delete()),
        "followed": names,
        "privacy": _privacy(keys, declared.wall),
        **{key: models.BigIntegerField(null=declared.wall is Wall.NONE) for key in keys},
    }
    return type(name, (RowChange,), attributes)


def _privacy(keys: Iterable[str], wall: Wall) -> Privacy:
    is_walled = wall is not Wall.NONE
    return Privacy(
        plain="pgh_id pgh_created_at pgh_label row_id changed" + " programme_id" * ("programme_id" in keys),
        personal=" ".join(["pgh_context", *(key for key in keys if key != "programme_id")]),
        wall=Wall.PROGRAMME if is_walled else Wall.NONE,
        rights=Rights.APPEND,
        # written by what happens to rows, and these close
        closes_with_hub=False,
        # for the nightly digest; what stands behind no wall needs no role that looks over it
        figures_may="SELECT" if is_walled else "",
    )


def histories(*, of_children: bool = False) -> list[Any]:
    """Returns the models of history, by name; those of tables about children, or all."""
    found: list[Any] = [model for model in apps.get_models() if issubclass(model, RowChange)]
    if of_children:
        found = [model for model in found if any(field.name == "child_id" for field in model._meta.fields)]
    return sorted(found, key=lambda model: model._meta.label)
