"""Writes the script that draws charts in the browser: `python -m inharmony.servers.chart_script FOLDER`."""

import sys
from importlib.metadata import version
from pathlib import Path

NAME = "vega.js"


def chart_script_is_current(folder: Path) -> bool:
    """Returns whether the folder holds the script that the installed vl-convert makes."""
    path = folder / NAME
    if not path.exists():
        return False
    with path.open("rb") as script:
        return script.readline() == _first_line()


def write_chart_script(folder: Path) -> Path:
    """Writes `vega.js`, which defines `window.vegaEmbed`, and returns its path."""
    import vl_convert

    script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{NAME}.draft"
    draft.write_bytes(_first_line() + script.encode())
    return draft.replace(folder / NAME)


def _first_line() -> bytes:
    return f"/* made by vl-convert {version('vl-convert-python')} */\n".encode()


if __name__ == "__main__":
    write_chart_script(Path(sys.argv[1]))
