"""Foreign keys over two columns, so that a row about a child cannot point into another programme."""

from django.db.migrations import RunSQL


def composite_foreign_key(
    table: str,
    columns: tuple[str, ...],
    to: str,
    to_columns: tuple[str, ...],
    *,
    cascade: bool = False,
    follows: bool = False,
) -> RunSQL:
    """
    Returns the reversible migration operation that adds the key.

    `cascade` deletes with what is pointed at; with `follows`, a change of what is pointed at changes the row as well.
    """
    name = f"{table}_{'_'.join(columns)}_fk"
    on_delete = "CASCADE" if cascade else "NO ACTION"
    on_update = "CASCADE" if follows else "NO ACTION"
    return RunSQL(
        sql=f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({', '.join(columns)}) "
        f"REFERENCES {to} ({', '.join(to_columns)}) ON DELETE {on_delete} ON UPDATE {on_update}",
        reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
