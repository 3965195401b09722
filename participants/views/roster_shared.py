"""What the pages of class lists have in common: which lists somebody may open, and how far one has come."""

from django.shortcuts import get_object_or_404

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from participants.models import RosterImport

_STEPS = ("File", "Columns", "Check", "Accepted")


def get_import_for(user: User, pk: int) -> RosterImport:
    """Returns an import of a hub whose lists the person keeps; 404 for any other, there or not."""
    imports = RosterImport.objects.visible_to(user).filter(
        programme_id__in=user.reach.programmes_for(Permission.IMPORT_ROSTER)
    )
    related = ("programme", "school", "academic_year", "uploaded_by", "accepted_by", "undone_by")
    return get_object_or_404(imports.select_related(*related), pk=pk)


def steps(now: int) -> list[dict[str, str]]:
    """Returns the steps of a class list, those before `now` (from 0) done."""
    return [
        {"words": words, "state": "done" if at < now else "now" if at == now else ""} for at, words in enumerate(_STEPS)
    ]
