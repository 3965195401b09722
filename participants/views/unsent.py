from http import HTTPStatus

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from participants.actions import attendance
from participants.forms.attendance import RegisterUnreadableError, read_register
from participants.queries.attendance import version_of
from participants.views.attendance import get_session_for
from participants.views.next_register import next_words
from programmes.queries.next_register import next_register


@needs(Permission.TAKE_REGISTER)
@require_POST
def send(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """
    POST: a register as its page's script sends it, at once or when there is a connection again.

    Returns JSON: on 200 the register's version, when it was saved and which is next; on 409 that somebody else saved
    it meanwhile; on 422 that it cannot be saved as it is; on 403 that it waits for somebody else than who is signed in.
    """
    if request.POST.get("person") != str(request.user.pk):
        return JsonResponse({}, status=HTTPStatus.FORBIDDEN)
    session = get_session_for(request.user, pk)
    try:
        sent = read_register(request.POST)
        taken = attendance.take_register(
            session=session,
            marks=sent.marks,
            version=sent.version,
            by=request.user,
            reason=sent.reason,
            save=sent.save,
            after=sent.after,
            walk_ins=attendance.WalkIns(sent.walk_ins, sent.off),
        )
    except attendance.RegisterChangedError as refusal:
        return JsonResponse({"said": str(refusal)}, status=HTTPStatus.CONFLICT)
    except (RegisterUnreadableError, attendance.RegisterRefusedError) as refusal:
        return JsonResponse({"said": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = version_of(taken, sent.save)
    at = dates.clock(timezone.localtime(taken.register_taken_at))
    if version != taken.register_version:
        return JsonResponse({"version": version, "saved": "Saved", "is_changed": True})
    today = timezone.localdate()
    then = next_words(next_register(taken, request.user, today), today)
    saved = f"Saved {at}, {request.user.name}"
    return JsonResponse({"version": version, "saved": saved, "is_changed": False, "next": then})
