"""
A closed hub can be read and not written: kept by the database, whichever act or statement would write.

A statement trigger on every table that closes with a hub looks at the rows that were written. While no hub is closed
that is one look at an empty table. Triggers, not policies: a policy hides rows from a DELETE instead of refusing it,
and sessions and ensembles stand behind no wall. What the database says is what people read (`refusal_of`).
"""

from django.db import DatabaseError

SQLSTATE = "IH001"
# through tables have no programme of their own
OF_ENSEMBLE = "programmes_ensemble_tutors"

_SHUT = """
  SELECT format('%s is closed since %s: everything can be read, and nothing can be changed.', p.short_name,
                to_char(c.closed_on, 'FMDD FMMonth YYYY'))
  INTO refusal FROM public.programmes_closing c JOIN public.programmes_programme p ON p.id = c.programme_id
  WHERE {in_force} AND c.programme_id IN ({written}) LIMIT 1;"""
_IN_FORCE = "c.closed_on <= today AND (c.reopened_on IS NULL OR c.reopened_on > today)"
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE today date := london_day(now()); refusal text;
BEGIN
  IF NOT EXISTS (SELECT FROM public.programmes_closing c WHERE {in_force}) THEN RETURN NULL; END IF;
  IF TG_OP = 'UPDATE' THEN {update}
  ELSE {other}
  END IF;
  IF refusal IS NOT NULL THEN RAISE EXCEPTION '%', refusal USING ERRCODE = '{sqlstate}'; END IF;
  RETURN NULL;
END $$;
"""
_TRIGGERS = (
    ("insert", "INSERT", "NEW TABLE AS written"),
    ("update", "UPDATE", "OLD TABLE AS written NEW TABLE AS becoming"),
    ("delete", "DELETE", "OLD TABLE AS written"),
)
LONDON_DAY = """
CREATE OR REPLACE FUNCTION london_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (moment AT TIME ZONE 'Europe/London')::date;
"""


def _function(name: str, programmes_of: str) -> str:
    written, becoming = programmes_of.format(rows="written"), programmes_of.format(rows="becoming")
    return _FUNCTION.format(
        name=name,
        in_force=_IN_FORCE,
        update=_SHUT.format(in_force=_IN_FORCE, written=f"{written} UNION ALL {becoming}"),
        other=_SHUT.format(in_force=_IN_FORCE, written=written),
        sqlstate=SQLSTATE,
    )


def closing_functions() -> str:
    """Returns the statements that make the functions of the triggers."""
    joined = "SELECT e.programme_id FROM {rows} r JOIN public.programmes_ensemble e ON e.id = r.ensemble_id"
    return (
        LONDON_DAY
        + _function("refuse_in_closed_hub", "SELECT programme_id FROM {rows}")
        + _function("refuse_in_closed_hub_of_ensemble", joined)
    )


def closing_triggers(table: str, function: str = "refuse_in_closed_hub") -> str:
    """Returns the statements that put the triggers on a table; migrations, run as the owner, pass."""
    return "".join(
        f"DROP TRIGGER IF EXISTS closed_hub_{verb} ON {table};\n"
        f"CREATE TRIGGER closed_hub_{verb} AFTER {event} ON {table} REFERENCING {rows} FOR EACH STATEMENT"
        f" WHEN (current_user <> 'owner') EXECUTE FUNCTION {function}();\n"
        for verb, event, rows in _TRIGGERS
    )


def no_closing_triggers(table: str) -> str:
    """Returns the statements that take the triggers off a table that does not close any more."""
    return "".join(f"DROP TRIGGER IF EXISTS closed_hub_{verb} ON {table};\n" for verb, _, _ in _TRIGGERS)


def refusal_of(error: BaseException) -> str:
    """Returns what the database said of a write into a closed hub; an empty text for any other error."""
    cause = error.__cause__
    if not isinstance(error, DatabaseError) or getattr(cause, "sqlstate", None) != SQLSTATE:
        return ""
    return str(cause.diag.message_primary)  # type: ignore[union-attr] # psycopg's errors carry it
