from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, keeps_accounts, needs, open_to_all
from inharmony.access.permissions import Permission
from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.exports.person import people_out
from inharmony.accounts.forms.invitation import AcceptForm, InvitationForm
from inharmony.accounts.forms.person import PeopleFilter
from inharmony.accounts.models import Invitation
from inharmony.accounts.queries.certification import roles_due
from inharmony.accounts.queries.person import people as people_kept
from inharmony.accounts.school_accounts import INVITED
from inharmony.accounts.validators.role import RoleRefusedError
from inharmony.pages.exporting import hand_out, offer

PAGE = 50


@needs(Permission.MANAGE_PEOPLE)
def people(request: AuthenticatedRequest) -> HttpResponse:
    """The people of the hubs one manages (an operator: everyone), and invitations not yet taken up."""
    filters = PeopleFilter(request.GET, by=request.user)
    wanted = filters.wanted()
    page = Paginator(people_kept(request.user, wanted), PAGE).get_page(request.GET.get("page"))
    waiting = Invitation.objects.visible_to(request.user).waiting().select_related("programme", "school")
    context = {
        "page": page,
        "export": offer(request, "accounts:people-export", what="people") if page.object_list else None,
        "filters": filters,
        "wanted": wanted,
        "due": len(roles_due(request.user, timezone.localdate())),
        "waiting": waiting.order_by("-sent_at") if page.number == 1 else [],
    }
    return render(request, "accounts/people/list.html", context)


@needs(Permission.MANAGE_PEOPLE, fresh=True)
@require_POST
def people_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same people as a spreadsheet."""
    wanted = PeopleFilter(request.GET, by=request.user).wanted()
    return hand_out(request, people_out(people_kept(request.user, wanted), past=wanted.past))


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def invite(request: AuthenticatedRequest) -> HttpResponse:
    """The form that invites someone, and the act."""
    asked = {name: request.GET[name] for name in ("role", "programme") if name in request.GET}
    form = InvitationForm(request.POST or None, by=request.user, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitations.invite(invitation=form.invitation(), by=request.user)
        except invitations.InvitationRefusedError as refusal:
            form.add_error("email", str(refusal))
        except RoleRefusedError as refusal:
            form.add_error("school" if form.cleaned_data["school"] else "role", str(refusal))
        else:
            messages.success(request, f"The invitation to {sent.email} is on its way. It is valid for 14 days.")
            return redirect("accounts:people")
    return render(request, "accounts/people/invite.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@keeps_accounts
@open_to_all("whoever holds the link of an invitation has no account yet")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind an invitation's link: name, password, in."""
    invitation = invitations.open_invitation(secret)
    if invitation is None:
        return render(request, "accounts/people/expired.html", status=410)
    # whoever goes on with the account of their school comes back without the address of this page
    request.session[INVITED] = invitation.pk
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(
                invitation=invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except invitations.InvitationRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, user)
            record_authentication(request, user, method="password")
            return redirect("/")
    context = {"form": form, "invitation": invitation, "school_accounts": settings.SCHOOL_ACCOUNTS}
    return render(request, "accounts/people/accept.html", context, status=422 if form.errors else 200)
