from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe

from inharmony.access.gates import AuthenticatedRequest, signed_in


@signed_in
@require_safe
def here(request: AuthenticatedRequest) -> HttpResponse:
    """Who is signed in, as JSON: the account's key, and a token for what that person's pages still have to send."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})
