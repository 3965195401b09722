"""`python -m inharmony.servers demo|keep`: see `make demo`, and lease.py for the keeper."""

import argparse
import sys

from inharmony.servers.demo import demonstrate
from inharmony.servers.folders import Folders
from inharmony.servers.lease import keep
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
    wishes = parser.parse_args()
    try:
        if wishes.command == "demo":
            demonstrate(wishes.port, ends_with_parent=wishes.ends_with_parent)
        else:
            keep(Folders(wishes.data_dir), durable=not wishes.hasty)
    except ServersError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
