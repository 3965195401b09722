"""The way back for a lost second factor: somebody who knows the person takes it off, and a code lets a new one in."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from inharmony.accounts.actions.account import audit_of_account, roles_of
from inharmony.accounts.models import SecondFactorReset, User
from inharmony.accounts.sessions import end_sessions
from inharmony.accounts.validators.account import require_may_reset_second_factor
from inharmony.audit.record import audit

VALID_FOR = timedelta(hours=24)
MOST_TRIES = 5


class SecondFactorRefusedError(Exception):
    """A code that is refused; the text says why and what to do."""


@transaction.atomic
def reset(*, user: User, how_known: SecondFactorReset.Check, by: User | None) -> tuple[SecondFactorReset, str]:
    """
    Takes a person's second factors off, ends their sessions, and returns the reset and the code to tell them.

    The code is shown once, to who vouches, who tells it to the person: it goes into no mail. Raises a RoleRefusedError
    where the other may not vouch for them; `by` is nobody where whoever runs the server does it by command.
    """
    if by is not None:
        require_may_reset_second_factor(user, by)
    locked = User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user_id=locked.pk).delete()
    SecondFactorReset.objects.filter(user=locked, used_at__isnull=True).delete()
    code = f"{secrets.randbelow(10**8):08d}"
    made = SecondFactorReset.objects.create(
        user=locked,
        made_by=by,
        how_known=how_known,
        code_hash=_hash(code),
        expires_at=timezone.now() + VALID_FOR,
    )
    end_sessions(locked)
    user.session_epoch = locked.session_epoch
    audit_of_account("second_factor.reset", locked, roles_of(locked), by, {"how_known": how_known})
    text = render_to_string("emails/second_factor_reset.txt", {"user": locked, "by": by, "link": settings.PORTAL_URL})
    transaction.on_commit(
        lambda: send_mail("Your second factor was taken off", text, None, [locked.email]), robust=True
    )
    return made, code


def open_reset(user: User) -> SecondFactorReset | None:
    """Returns the reset whose code was not used yet, run out or not: until then no second factor can be added."""
    return SecondFactorReset.objects.filter(user_id=user.pk, used_at__isnull=True).first()


def use_code(*, user: User, code: str) -> None:
    """
    Ends the person's open reset, when the code is the one that was told them.

    Raises SecondFactorRefusedError when it is wrong, too old, or tried too often; a wrong try is counted, so this is
    not undone with what follows.
    """
    with transaction.atomic():
        found = SecondFactorReset.objects.select_for_update().filter(user_id=user.pk, used_at__isnull=True).first()
        if found is None:
            return
        if found.expires_at <= timezone.now() or found.tries >= MOST_TRIES:
            raise SecondFactorRefusedError(
                "This code is no longer good: it is more than a day old, or was typed wrongly five times. Ask the "
                "manager of your hub for a new one."
            )
        is_right = hmac.compare_digest(found.code_hash, _hash(code))
        if is_right:
            found.used_at = timezone.now()
        found.tries += 1
        found.save(update_fields=["used_at", "tries"])
        audit(act="second_factor.code_used" if is_right else "second_factor.code_refused", by=user, subject=user)
    if not is_right:
        raise SecondFactorRefusedError("This is not the code. It has eight digits; ask who gave it to read it again.")


def record_renaming(*, user: User) -> None:
    """Writes down that a person named one of their passkeys anew; the page that does so tells nobody."""
    audit(act="second_factor.renamed", by=user, subject=user, details={"fields": ["name"]})


def record_codes_shown(*, user: User) -> None:
    """Writes down that a person was shown their recovery codes: each of them is a way in."""
    audit(act="second_factor.codes_shown", by=user, subject=user)


def _hash(code: str) -> str:
    digits = "".join(character for character in code if character.isdigit())
    return hmac.new(settings.IDENTITY_KEY.encode(), f"way back:{digits}".encode(), hashlib.sha256).hexdigest()
