from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from schools.actions.staging import Kept, upsert_many
from schools.models import LocalAuthority


@dataclass(frozen=True)
class AuthorityFacts:
    """A local authority as a published table knows it; an empty region says nothing."""

    code: str
    name: str
    region: str = ""


@transaction.atomic
def keep_authorities(*, facts: Iterable[AuthorityFacts], by: User | None) -> Kept:
    """Adds local authorities and corrects the names of known ones; a region once known is not emptied."""
    by_code = {one.code: one for one in facts}
    told = {code: region for code, region in LocalAuthority.objects.values_list("code", "region") if region}
    rows = [(one.code, one.name, one.region or told.get(one.code, "")) for one in by_code.values()]
    kept = upsert_many(LocalAuthority, ["code", "name", "region"], rows, update=["name", "region"])
    if kept.new or kept.changed:
        audit(act="authorities.imported", by=by, details={"new": kept.new, "changed": kept.changed})
    return kept
