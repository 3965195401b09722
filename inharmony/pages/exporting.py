"""
Lists handed out as spreadsheets: one description of columns a list, one way out for all of them.

The file is made whole before a byte is sent, and is for whoever may take lists of that hub out of the portal
(`EXPORT_LISTS`) and sees the rows: the same rows as on the page, by the same filters in the address. The trail names
the children in it. A child whom no paper may show is in no file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit_together, entry
from inharmony.spreadsheets.sheet import SheetOut, Value
from inharmony.spreadsheets.writing import CONTENT_TYPES, KINDS, XLSX, file_name, write

Row = TypeVar("Row")
KIND_WORDS = {"xlsx": "Excel workbook", "ods": "OpenDocument sheet", "csv": "Text, CSV"}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its heading, and what a row holds in it."""

    heading: Value
    value: Callable[[Row], Value]


@dataclass(frozen=True)
class ListOut(Generic[Row]):
    """
    A list as it is handed out. `act` is what the trail says, `title` names file and sheet, `about` what it is of.

    `programme_of` says whose a row is (None: of no hub), `child_of` which child it names, if rows name any.
    """

    act: str
    title: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    programme_of: Callable[[Row], int | None] = lambda _row: None
    child_of: Callable[[Row], int | None] | None = None
    about: str = ""
    subject: models.Model | None = None


@dataclass(frozen=True)
class Offer:
    """What the control on a list's page says: where to ask, of what, and whether a protected child could be in it."""

    address: str
    what: str
    of_children: bool
    about: str

    @property
    def kinds(self) -> Iterable[tuple[str, str]]:
        """The kinds of files with their names, the usual one first."""
        return KIND_WORDS.items()


def offer(
    request: AuthenticatedRequest,
    name: str,
    *args: object,
    what: str,
    of_children: bool = False,
    about: str = "as shown here, all pages",
) -> Offer | None:
    """Returns the control of a list, with the filters in the address; None for who may take no list out."""
    if not request.user.reach.may(Permission.EXPORT_LISTS):
        return None
    query = request.GET.copy()
    # of the page that is shown: a file holds all pages
    query.pop("page", None)
    asked = f"?{query.urlencode()}" if query else ""
    return Offer(reverse(name, args=args) + asked, what, of_children, about)


def may_take_out(user: User, programme_id: int | None) -> bool:
    """
    Returns whether the person may take a row of a hub (or of none) out of the portal.

    A school's lead holds no role in the hub of the school's children; where somebody holds one, that one counts.
    """
    if programme_id is None or programme_id not in user.reach.programmes:
        return user.reach.may(Permission.EXPORT_LISTS)
    return user.reach.may(Permission.EXPORT_LISTS, programme_id=programme_id)


def hand_out(request: AuthenticatedRequest, listed: ListOut[Row]) -> HttpResponse:
    """
    Returns the list as a file of the kind asked for, and writes into the trail who took whom.

    Raises PermissionDenied for who may take no list out, BadRequest for a kind that is not written.
    """
    if not request.user.reach.may(Permission.EXPORT_LISTS):
        raise PermissionDenied
    kind = request.POST.get("kind", XLSX)
    if kind not in KINDS:
        raise BadRequest("No spreadsheet of that kind is made.")
    rows = [row for row in listed.rows if may_take_out(request.user, listed.programme_of(row))]
    sheet = SheetOut(
        listed.title,
        [column.heading for column in listed.columns],
        ([column.value(row) for column in listed.columns] for row in rows),
    )
    named = " ".join(filter(None, (listed.title, listed.about)))
    title = f"{named}. Demonstration: everybody in this file is invented." if settings.DEMO else named
    data = write(kind, [sheet], title=title)
    _tell(request.user, listed, rows, kind)
    name = file_name(f"{'demonstration ' if settings.DEMO else ''}{named} {timezone.localdate():%Y-%m-%d}", kind)
    return HttpResponse(
        data,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _tell(user: User, listed: ListOut[Row], rows: Sequence[Row], kind: str) -> None:
    """One entry a hub: each hub reads which of its children went out; one of no hub where there are none."""
    of_hub: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        of_hub[listed.programme_of(row)].append(row)
    told = of_hub or {getattr(listed.subject, "programme_id", None): []}
    audit_together(
        entry(
            act=listed.act,
            by=user,
            programme_id=programme_id,
            subject=listed.subject,
            children=sorted({child for row in rows_ if (child := listed.child_of(row))}) if listed.child_of else (),
            details={"rows": len(rows_), "format": kind},
        )
        for programme_id, rows_ in told.items()
    )
