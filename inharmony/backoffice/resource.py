"""
The row engine of django-import-export, hardened: what it leaves open by default is shut here, once for every list.

A row is found by what people call it, never by an id; what it may point at is what the person may use; models are
validated; what is unchanged is not written; and nothing is written but by the acts of the pages. A blank cell keeps
what stands. A preview does everything and takes it back, so that what it says is what the acts said.
"""

import logging
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.db import models, transaction
from import_export.resources import ModelResource
from import_export.results import RowResult

from inharmony.access.closing import refusal_of
from inharmony.accounts.models import User
from inharmony.backoffice.table import Table

log = logging.getLogger(__name__)
NOT_TAKEN = "This row could not be taken. Nothing of it is written; change it, or enter it on its page."


class RowRefusedError(Exception):
    """A row that cannot be taken; the text is for the person."""


class Hardened:
    """What every resource's Meta says."""

    skip_unchanged = True
    report_skipped = True
    clean_model_instances = True
    use_bulk = False
    use_transactions = True
    store_instance = True
    store_row_values = False
    # what changed is told by fields, not as HTML put together from cells
    skip_diff = False
    skip_html_diff = True


class BackOfficeResource(ModelResource):
    """A list that one person brings in."""

    # headings that must be there; refusals of the acts, whose texts are for the person
    needed: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[tuple[type[Exception], ...]] = ()
    # a statement a row and constraint: not where the act says the same in its own words
    asks_constraints: ClassVar[bool] = True

    def __init__(self, *, by: User) -> None:
        super().__init__()
        self.by = by
        self.met: set[object] = set()

    @classmethod
    def known(cls) -> list[str]:
        """Returns the headings that are read."""
        return [each.column_name for each in cls.fields.values()]

    # what each list says

    def key_of(self, row: Any) -> object:
        """Returns what there is one of in a file. Raises RowRefusedError or ValidationError."""
        raise NotImplementedError

    def standing(self, row: Any) -> models.Model | None:
        """Returns what the row is about, where it is there already and the person may change it."""
        raise NotImplementedError

    def begun(self, row: Any) -> models.Model:
        """Returns what a new row begins with."""
        raise NotImplementedError

    def write(self, instance: Any, *, is_new: bool) -> None:
        """Writes by the act of the pages, or notes it for `finish`."""
        raise NotImplementedError

    def finish(self) -> None:
        """Writes what the rows left to one act for all."""

    def called(self, instance: Any) -> str:
        """Returns what a row is called on the page."""
        return str(instance)

    # how the engine is told

    def get_instance(self, instance_loader: Any, row: Any) -> models.Model | None:  # noqa: ARG002
        key = self.key_of(row)
        if key in self.met:
            raise RowRefusedError("stands in the file twice. Keep one of the two rows.")
        self.met.add(key)
        return self.standing(row)

    def init_instance(self, row: Any = None) -> models.Model:
        return self.begun(row)

    def import_field(self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:  # noqa: ARG002
        if row.get(field.column_name, ""):
            field.save(instance, row, is_m2m=False)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,  # noqa: ARG002 - rows are found by what is unique
    ) -> None:
        errors = dict(import_validation_errors or {})
        told = {each.attribute for each in self.fields.values()}
        # what the list does not speak of is for the act; that a column may be null says that it may be blank
        others = {
            each.name
            for each in instance._meta.concrete_fields
            # what a row points at was found among what there is
            if each.name not in told or each.is_relation or (each.null and each.value_from_object(instance) is None)
        }
        try:
            instance.full_clean(
                exclude={*errors, *others}, validate_unique=False, validate_constraints=self.asks_constraints
            )
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Writes nothing: what hangs on a row is written by its act."""

    def for_delete(self, row: Any, instance: Any) -> bool:  # noqa: ARG002
        return False

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        self.write(instance, is_new=is_create)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        result = super().import_row(row, instance_loader, **kwargs)
        # one that got nowhere is called as the file calls it
        result.called = getattr(result, "called", "") or ", ".join(filter(None, map(row.get, self.needed)))
        return result

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:  # noqa: ARG002
        instance, original = row_result.instance, row_result.original
        row_result.called = self.called(instance)
        row_result.changes = []
        keys = {*self.needed, *(each.column_name for each in self.fields.values() if each.readonly)}
        for each in self.get_import_fields():
            if not original and each.column_name in keys:
                # a new row is called by these
                continue
            now, then = each.export(original) if original else "", each.export(instance)
            if now != then:
                row_result.changes.append((each.column_name, now, then))

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:  # noqa: ARG002
        # the library's own would set sequences anew, which the login may not
        if not (result.has_errors() or result.has_validation_errors()):
            self.finish()


@dataclass(frozen=True)
class Line:
    """A row as it is shown: its number, what it would do, what it is called, its changes, what is wrong with it."""

    row: int
    outcome: str
    called: str
    changes: list[tuple[str, str, str]]
    problems: list[str]


@dataclass(frozen=True)
class Review:
    """What a file would do, or did."""

    lines: list[Line]
    refusals: list[str] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Whether anything keeps it from being taken: all or nothing is."""
        return bool(self.refusals) or any(line.problems for line in self.lines)

    def count(self, outcome: str) -> int:
        """Returns how many rows do this."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome, those of none left out."""
        return {key: found for key in ("new", "changed", "unchanged", "refused") if (found := self.count(key))}

    @property
    def digest(self) -> str:
        """What is compared when the data may have changed since."""
        return sha256(repr([(line.row, line.outcome, line.changes) for line in self.lines]).encode()).hexdigest()


_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: "new",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_SKIP: "unchanged",
}


def run(kind: type[BackOfficeResource], table: Table, *, by: User, dry: bool) -> Review:
    """Returns what the rows do; a dry run does it and takes it back, and so does one of which any row is refused."""
    resource = kind(by=by)
    dataset = tablib.Dataset(*table.rows, headers=table.headings)
    with transaction.atomic():
        result = resource.import_data(dataset, dry_run=dry, use_transactions=True, rollback_on_validation_errors=True)
    lines = [_line(resource, number, row) for number, row in zip(table.numbers, result.rows, strict=True)]
    return Review(lines, [_words(resource, each.error) for each in result.base_errors])


def _line(resource: BackOfficeResource, number: int, row: Any) -> Line:
    problems = [_words(resource, each.error) for each in row.errors]
    if row.validation_error is not None:
        problems += _validation(resource, row.validation_error)
    outcome = "refused" if problems else _OUTCOMES[row.import_type]
    return Line(number, outcome, getattr(row, "called", ""), getattr(row, "changes", []), problems)


def _validation(resource: BackOfficeResource, error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    headings = {each.attribute: each.column_name for each in resource.fields.values()}
    return [
        f"{headings[name]}: {words}" if name in headings else str(words)
        for name, messages in error.message_dict.items()
        for words in messages
    ]


def _words(resource: BackOfficeResource, error: Exception) -> str:
    """What is said of a refusal: the acts' own words; of anything unforeseen nothing, for it may hold values."""
    if isinstance(error, (RowRefusedError, *resource.refusals)):
        return str(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if words := refusal_of(error):
        return words
    log.error("A row brought in by %s was not taken: %s", type(resource).__name__, type(error).__name__)
    return NOT_TAKEN
