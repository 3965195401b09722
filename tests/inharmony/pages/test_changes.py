"""What the database says of public pages is heard by whoever wrote, and counts once it is committed."""

from contextlib import suppress

from django.db import connection, transaction

from inharmony.pages import public

TOLD = "DO $$ BEGIN RAISE INFO 'changed' USING ERRCODE = 'IH002'; END $$"
OTHER = "DO $$ BEGIN RAISE INFO 'something else' USING ERRCODE = 'IH999'; END $$"


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_pages_are_made_anew_once_it_is_committed(fresh_database):
    public.new_edition()
    edition = public._edition()
    with transaction.atomic():
        run(TOLD)
        assert public._edition() == edition
    assert public._edition() != edition


def test_what_is_rolled_back_was_not_said(fresh_database):
    public.new_edition()
    edition = public._edition()
    with transaction.atomic():
        with suppress(LookupError), transaction.atomic():
            run(TOLD)
            raise LookupError
        run(OTHER)
    assert public._edition() == edition


def test_it_is_heard_on_a_connection_that_wants_no_notices(fresh_database):
    public.new_edition()
    edition = public._edition()
    with transaction.atomic():
        run("SET LOCAL client_min_messages = error")
        run(TOLD)
    assert public._edition() != edition


def test_it_is_heard_on_a_connection_that_was_opened_again(fresh_database):
    connection.close()
    edition = public._edition()
    with transaction.atomic():
        run(TOLD)
    assert public._edition() != edition
