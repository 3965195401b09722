"""How the portal reaches its servers."""

import os
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from inharmony.servers.folders import State

DATABASE = "inharmony"


@dataclass(frozen=True)
class Servers:
    """The addresses of PostgreSQL and of Valkey (or Redis): embedded ones, or those of the environment."""

    postgres_socket: str
    postgres_port: int
    redis_url: str  # for Celery
    outside_database: str | None = None  # DATABASE_URL, which wins

    def database_url(self, login: str = "web", database: str | None = None) -> str:
        """Returns the URL that `login` connects by (to DATABASE_NAME, else `inharmony`).

        Its password comes from <LOGIN>_DATABASE_PASSWORD; the embedded server trusts its private socket.
        """
        name = database or os.environ.get("DATABASE_NAME")
        if self.outside_database is None:
            host = f"{quote(self.postgres_socket, safe='')}:{self.postgres_port}"
            return f"postgresql://{login}@{host}/{name or DATABASE}"
        parts = urlsplit(self.outside_database)
        password = os.environ.get(f"{login.upper()}_DATABASE_PASSWORD") or parts.password
        host = parts.netloc.rpartition("@")[2]
        who = f"{login}:{quote(password, safe='')}" if password else login
        path = f"/{name}" if name else parts.path
        return urlunsplit((parts.scheme, f"{who}@{host}", path, parts.query, parts.fragment))

    def admin_url(self, database: str = "postgres") -> str:
        """Returns the URL of the administrator: the embedded superuser, or DATABASE_URL as it stands."""
        if self.outside_database is None:
            return self.database_url("postgres", database)
        return self.outside_database

    @property
    def cache_url(self) -> str:
        """Returns the address of the same Valkey in the words of Django's cache."""
        return self.redis_url.replace("redis+socket://", "unix://")


def from_environment() -> Servers | None:
    """Returns the servers that DATABASE_URL and REDIS_URL name when both are there."""
    database, redis = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    return Servers("", 0, redis, database) if database and redis else None


def from_state(state: State) -> Servers:
    """Returns the embedded servers; DATABASE_URL or REDIS_URL alone still wins for its half."""
    return Servers(
        state.postgres_socket,
        state.postgres_port,
        os.environ.get("REDIS_URL") or state.redis_url,
        os.environ.get("DATABASE_URL") or None,
    )
