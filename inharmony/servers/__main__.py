"""`python -m inharmony.servers demo|keep|provision`.

See `make demo`, lease.py for the keeper, and docs/deployment.md for provision.
"""

import argparse
import os
import sys

from inharmony.servers.addresses import DATABASE
from inharmony.servers.demo import demonstrate
from inharmony.servers.folders import Folders
from inharmony.servers.lease import keep
from inharmony.servers.provision import provision
from inharmony.servers.refusal import ServersError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m inharmony.servers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    demo = commands.add_parser("demo", help="run the demonstration")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--ends-with-parent", action="store_true", help="end when the process that started it is gone")
    keeper = commands.add_parser("keep", help="run the servers of a data folder while commands use them")
    keeper.add_argument("data_dir")
    keeper.add_argument("--hasty", action="store_true", help="for data that may be lost with the machine")
    commands.add_parser("provision", help="make logins, roles and database on the server of DATABASE_URL")
    wishes = parser.parse_args()
    try:
        match wishes.command:
            case "demo":
                demonstrate(wishes.port, ends_with_parent=wishes.ends_with_parent)
            case "keep":
                keep(Folders(wishes.data_dir), durable=not wishes.hasty)
            case _:
                provision_server()
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def provision_server() -> None:
    """Makes what the migrations need on a server of the environment; raises ServersError."""
    administrator = os.environ.get("DATABASE_URL")
    if not administrator:
        raise ServersError("DATABASE_URL is not set: it names the server and its administrator.")
    provision(administrator, os.environ.get("DATABASE_NAME") or DATABASE)


if __name__ == "__main__":
    sys.exit(main())
