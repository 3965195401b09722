from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, before_second_factor, keeps_accounts, needs, signed_in
from inharmony.access.permissions import Permission
from inharmony.accounts.access import person_for
from inharmony.accounts.actions import second_factor
from inharmony.accounts.adapter import SecondFactorAdapter
from inharmony.accounts.forms.second_factor import CodeForm, ResetForm
from inharmony.accounts.models import User
from inharmony.accounts.validators.role import BeyondReachError, RoleRefusedError

View = Callable[..., HttpResponseBase]


def vouched_for(view: View) -> View:
    """Returns a page that adds a second factor, shut to whose last one was taken off until they type their code."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and second_factor.open_reset(user) is not None:
            return redirect("accounts:second-factor-code")
        return view(request, *args, **kwargs)

    return checked


def codes_shown(view: View) -> View:
    """Returns a page that shows one's recovery codes; that it did goes into the trail."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        done = view(request, *args, **kwargs)
        if done.status_code == HTTPStatus.OK and isinstance(request.user, User):
            second_factor.record_codes_shown(user=request.user)
        return done

    return told


@before_second_factor
@keeps_accounts
@signed_in
def code(request: AuthenticatedRequest) -> HttpResponse:
    """Asks for the code that whoever took the second factor off has told the person."""
    if second_factor.open_reset(request.user) is None:
        return redirect("mfa_index")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.use_code(user=request.user, code=form.cleaned_data["code"])
        except second_factor.SecondFactorRefusedError as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("mfa_index")
    return render(request, "accounts/second-factor/code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@needs(Permission.MANAGE_PEOPLE, fresh=True)
def reset(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes off somebody's second factor for who vouches for them, and shows the code to tell them, once."""
    person = person_for(request.user, pk)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, code = second_factor.reset(user=person, how_known=form.cleaned_data["how_known"], by=request.user)
        except BeyondReachError as refused:
            raise PermissionDenied(str(refused)) from refused
        except RoleRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            context = {"person": person, "code": f"{code[:4]} {code[4:]}", "until": made.expires_at}
            return render(request, "accounts/second-factor/reset-done.html", context)
    context = {"person": person, "form": form}
    return render(request, "accounts/second-factor/reset.html", context, status=422 if form.errors else 200)


@keeps_accounts
@signed_in
def edit_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form that names one of the person's passkeys, and the act."""
    done: HttpResponseBase = webauthn.edit_webauthn(request, pk=pk)
    if request.method == "POST" and isinstance(request.user, User) and isinstance(done, HttpResponseRedirect):
        second_factor.record_renaming(user=request.user)
    return done


@keeps_accounts
@signed_in
@require_POST
def remove_passkey(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    """Removes one of the person's passkeys, unless it is their only second factor."""
    passkeys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    passkey = get_object_or_404(passkeys, pk=pk)
    if not SecondFactorAdapter().can_delete_authenticator(passkey):
        messages.error(request, SecondFactorAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    done: HttpResponseBase = webauthn.remove_webauthn(request, pk=pk)
    return done
