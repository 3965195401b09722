from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import keeps_accounts, open_to_all
from inharmony.accounts.models import OutboxMessage, User


@keeps_accounts
@open_to_all("the demonstration's accounts are entered in one press; refused wherever DEMO is off")
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the demonstration's accounts."""
    email = request.POST.get("as", "")
    if not settings.DEMO or email not in {account[0] for account in settings.DEMO_ACCOUNTS}:
        raise Http404
    login(request, get_object_or_404(User, email=email), backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")


@open_to_all("the demonstration's mail, which goes nowhere; refused wherever DEMO is off")
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails the demonstration would have sent."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/outbox.html", {"letters": OutboxMessage.objects.all()[:100]})
