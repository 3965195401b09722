"""Whose own accounts open the portal beside a password: read from OIDC_PROVIDERS, checked when it starts."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

WANTED = ("id", "name", "issuer", "client_id", "secret", "tenant_claim", "tenants")
EXAMPLE = (
    '[{"id": "school-365", "name": "Northgate Primary (Microsoft)", "issuer": "https://login.example/TENANT/v2.0", '
    '"client_id": "...", "secret": "...", "tenant_claim": "tid", "tenants": ["TENANT"]}]'
)


def providers(text: str) -> list[dict[str, Any]]:
    """
    Returns the apps of django-allauth for a JSON list of providers; raises ImproperlyConfigured with what is wrong.

    Each names its issuer, the claim that says which organisation a person belongs to (`tid` at Microsoft, `hd` at
    Google) and the organisations let in. There is no wildcard: an issuer that serves everybody lets nobody in here.
    """
    if not text.strip():
        return []
    try:
        listed = json.loads(text)
        return [_app(entry) for entry in listed]
    except (ValueError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS is not understood: {error}. Write it like {EXAMPLE}") from error


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Returns scheme and host of each issuer's sign-in page, for the policy on where forms may lead."""
    return sorted({"{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["issuer"])) for app in apps})


def _app(entry: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in WANTED if not entry.get(name)]
    if missing:
        raise ValueError(f"the provider {entry.get('id', '')!r} has no {', '.join(missing)}")
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["issuer"],
            # the identity token says all that is needed; nothing more is asked about the person
            "fetch_userinfo": False,
            "issuer": entry["issuer"],
            "tenant_claim": entry["tenant_claim"],
            "tenants": [str(tenant) for tenant in entry["tenants"]],
        },
    }
