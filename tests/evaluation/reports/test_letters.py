"""Reports are set in letters of their own packages, whatever letters a machine has."""

import io

import pytest
from pypdf import PdfReader

from evaluation.reports.declaration import Subject
from evaluation.reports.impact import PROGRAMME_IMPACT
from evaluation.reports.letters import DISPLAY, FACES, TEXT, files_of, folder_of
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.printing import printed
from inharmony.access.scope import scope_of, scoped
from tests.factories import evaluation
from tests.factories.schools import this_year


def fonts_of(data):
    """Returns the names of all fonts of a PDF, those inside its drawings too, without the mark of a subset."""
    found, waiting = set(), list(PdfReader(io.BytesIO(data)).pages)
    while waiting:
        resources = waiting.pop().get("/Resources", {}).get_object()
        found |= {one.get_object()["/BaseFont"].lstrip("/") for one in resources.get("/Font", {}).values()}
        waiting += [one.get_object() for one in resources.get("/XObject", {}).values()]
    return {name.partition("+")[2] or name for name in found}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.file)
def test_every_face_is_there_with_its_licence(face):
    assert files_of()[face.file][:4] == b"\x00\x01\x00\x00"
    assert "SIL OPEN FONT LICENSE" in (folder_of(face.letters) / "LICENSE.txt").read_text(encoding="utf-8").upper()


@pytest.mark.parametrize("report", [PROGRAMME_PARTICIPATION, PROGRAMME_IMPACT], ids=lambda report: report.id)
def test_no_letter_of_a_report_is_the_machines(cast, report):
    with scoped(scope_of(cast.joanne)):
        evaluation.register(cast.session, "pla", by=cast.priya)
        contents = report.contents(Subject(cast.liverpool), this_year().year, cast.joanne)
    names = {name.replace("-", " ") for name in fonts_of(printed(report, contents).data)}
    ours = tuple(letters.family.replace(" ", end) for letters in (TEXT, DISPLAY) for end in (" ", "-", ""))
    assert names
    assert [name for name in names if not name.startswith(ours)] == []
