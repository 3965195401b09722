"""Many rows at once: copied into a temporary table, then written by one statement that the walls see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import AutoField

Rows = Iterable[Sequence[Any]]


def columns_of(model: type[models.Model], fields: Sequence[str]) -> dict[str, str]:
    """Returns column names with their SQL types, in the order of the field names given."""
    columns: dict[str, str] = {}
    for name in fields:
        field = model._meta.get_field(name)
        assert isinstance(field, models.Field)
        number = isinstance(field, AutoField)
        columns[str(field.column)] = str(field.rel_db_type(connection) if number else field.db_type(connection))
    return columns


def stage(table: str, columns: dict[str, str], rows: Rows) -> None:
    """
    Copies rows into a new temporary table, which ends with the transaction, and gathers its statistics.

    `columns` maps names to SQL types. Must run inside a transaction.
    """
    described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({described}) ON COMMIT DROP")
        with connection.wrap_database_errors, cursor.copy(f"COPY pg_temp.{table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        # temporary tables are invisible to autovacuum: without this, joins with them are planned blind
        cursor.execute(f"ANALYZE pg_temp.{table}")


def write_many(model: type[models.Model], fields: Sequence[str], rows: Rows) -> int:
    """Inserts rows of field values in the order of `fields`; returns how many. Must run inside a transaction."""
    columns = columns_of(model, fields)
    stage("arriving", columns, rows)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {names} FROM pg_temp.arriving"  # noqa: S608 - names of our models
        )
        return int(cursor.rowcount)


@dataclass(frozen=True)
class Kept:
    """What an upsert did: rows that were not there, rows that now say something else, rows that said it already."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def upsert_many(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Rows,
    *,
    update: Iterable[str],
    keep_if_empty: Iterable[str] = (),
) -> Kept:
    """
    Inserts rows by primary key, and brings the columns of `update` of those already there to the new values.

    Columns of `keep_if_empty` keep what they hold where the new value is null. Two rows of one key are an error of the
    database. Must run inside a transaction.
    """
    columns, table, key = columns_of(model, fields), model._meta.db_table, model._meta.pk
    assert key is not None
    stage("arriving", columns, rows)
    new_values = {name: f'excluded."{name}"' for name in columns_of(model, sorted(update))}
    new_values |= {n: f'COALESCE(excluded."{n}", {table}."{n}")' for n in columns_of(model, sorted(keep_if_empty))}
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH written AS (
              INSERT INTO {table} ({names}) SELECT {names} FROM pg_temp.arriving
              ON CONFLICT ("{key.column}") DO UPDATE SET {", ".join(f'"{n}" = {v}' for n, v in new_values.items())}
              WHERE {" OR ".join(f'{table}."{n}" IS DISTINCT FROM {v}' for n, v in new_values.items())}
              RETURNING {table}.xmax = 0 AS is_new
            )
            SELECT (SELECT count(*) FROM pg_temp.arriving), count(*) FILTER (WHERE is_new),
                   count(*) FILTER (WHERE NOT is_new) FROM written
            """  # noqa: S608 - names of our models
        )
        total, new, changed = cursor.fetchone()
    return Kept(new, changed, total - new - changed)


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Returns `count` numbers taken from the model's own sequence, for rows that name each other before they exist."""
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key.column, count]
        )
        return [int(number) for (number,) in cursor.fetchall()]
