"""What the child can still do once it has given up its rights, tried in a child of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3] / "inharmony"


def in_child(code: str) -> subprocess.CompletedProcess[str]:
    start = (
        f"import sys, socket, os; sys.path.append({str(PACKAGE)!r}); from spreadsheets.child import give_up_rights\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", f"{start}give_up_rights()\n{code}"], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)",
        "open('/etc/passwd')",
        "os.open('/tmp', os.O_RDONLY)",
        "os.pipe()",
    ],
)
def test_give_up_rights_leaves_nothing_to_open(code):
    done = in_child(f"try:\n    {code}\nexcept OSError as error:\n    print('refused', error.errno)")
    assert done.stdout == "refused 24\n"


def test_give_up_rights_bounds_memory():
    done = in_child("try:\n    bytearray(500 << 20)\nexcept MemoryError:\n    print('refused')")
    assert done.stdout == "refused\n"


def test_child_does_not_load_the_portal():
    done = in_child("print(sorted(name for name in ('inharmony', 'django', 'celery') if name in sys.modules))")
    assert done.stdout == "[]\n"
