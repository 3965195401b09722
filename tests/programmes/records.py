"""The whole record of one hub, or of the country: one entry of every kind."""

from datetime import date

from programmes.kinds import KINDS
from tests.factories import record


def of_each_kind(hub):
    """One entry of every kind, of a hub or of the whole country."""
    body = record.organisation(f"Body of {hub}")
    milestone, study = record.milestone(hub), record.study(hub)
    agreement = record.agreement(body, hub)
    rows = {
        "milestone": milestone,
        "account": milestone.accounts.create(says="Another year", source="S"),
        "figure": record.figure(hub),
        "study": study,
        "finding": record.finding(study),
        "funding": agreement,
        "condition": record.condition(agreement),
        "collaboration": record.collaboration(*([hub] if hub else [])),
        "organisation": body,
        "former-name": body.former_names.create(name="Once", source="S"),
        "office": KINDS["office"].model.objects.create(programme=hub, kind="chair", holder="A. Chair", source="S"),
        "film": KINDS["film"].model.objects.create(
            programme=hub, theme="team", title="A film", summary="Play", address="https://example.org/", source="S"
        ),
    }
    if hub is None:
        return rows
    authority = hub.partnerships.first().school.local_authority
    place = {"name": "A place", "local_authority": authority, "starts_on": date(2012, 1, 1)}
    return rows | {
        "hub": hub,
        "status": hub.statuses.get(),
        "place": hub.places.create(**place),
        "role": record.role(body, hub),
        "mention": hub.mentions.create(kind="ensemble", name="Saltwharf Strings", source="S"),
    }
