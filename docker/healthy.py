"""Asks this container's own web server whether it can serve people; ends with 0 when it can, 1 when it cannot."""

import http.client
import os
import sys


def can_serve() -> bool:
    """Returns whether /readyz answers 200 to the name that the portal goes by."""
    port = int(os.environ["WEB_BIND"].rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        connection.request("GET", "/readyz", headers={"Host": os.environ["ALLOWED_HOSTS"].partition(",")[0]})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if can_serve() else 1)
