"""PostgreSQL and Valkey for a machine that has none: embedded programs under a small supervisor of our own.

Decision 0002 says why the packages' own start functions are not used.
"""

import atexit

from inharmony.servers.addresses import Servers, from_environment, from_state
from inharmony.servers.folders import Folders
from inharmony.servers.lease import borrow
from inharmony.servers.refusal import ServersError

__all__ = ["Servers", "ServersError", "ensure"]

_found: dict[str, Servers] = {}


def ensure(*, durable: bool = True) -> Servers:
    """Returns the servers of DATA_DIR, running: those of the environment, of a demonstration, or started now.

    DATABASE_URL and REDIS_URL win. Else, where somebody already runs the servers of this data folder (`make demo`, or
    another command), they are used; where nobody does, a keeper is started that runs them for as long as any command
    uses them. `durable=False` is for data that may be lost with the machine, and counts for the one who starts them.
    The answer is kept for the process. Raises ServersError, which says what is missing and what to do.
    """
    outside = from_environment()
    if outside:
        return outside
    folders = Folders()
    key = str(folders.data_dir)
    if key not in _found:
        state, lease = borrow(folders, durable=durable)
        if lease:
            atexit.register(lease.give_back)
        _found[key] = from_state(state)
    return _found[key]
