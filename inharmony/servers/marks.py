"""What has been done to a database, noted on the database itself, so that the note goes where the data goes."""

import hashlib
import json

import psycopg
from psycopg import sql

from inharmony.servers.folders import REPOSITORY


def read_marks(admin_dsn: str, dbname: str) -> dict[str, str]:
    """Returns the notes on the database; none when it has no comment of ours."""
    with psycopg.connect(admin_dsn) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [dbname]
        ).fetchone()
    try:
        marks = json.loads(row[0]) if row and row[0] else {}
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def set_mark(admin_dsn: str, dbname: str, name: str, value: str) -> None:
    """Adds one note."""
    marks = read_marks(admin_dsn, dbname) | {name: value}
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(dbname), sql.Literal(json.dumps(marks)))
        )


def fingerprint(*patterns: str) -> str:
    """Returns one hash over names and contents of the repository's files that match the patterns."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in REPOSITORY.glob(pattern) if path.is_file()}):
        digest.update(bytes(path.relative_to(REPOSITORY)) + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
