"""`python -m inharmony.servers demo|keep`: see `make demo`, and lease.py for the keeper."""

import argparse
import sys

from inharmony.servers.folders import Folders
from inharmony.servers.lease import keep
from inharmony.servers.refusal import ServersError


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m inharmony.servers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    keeper = commands.add_parser("keep", help="run the servers of a data folder while commands use them")
    keeper.add_argument("data_dir")
    keeper.add_argument("--hasty", action="store_true", help="for data that may be lost with the machine")
    wishes = parser.parse_args()
    try:
        keep(Folders(wishes.data_dir), lambda line: print(line, flush=True), durable=not wishes.hasty)
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
