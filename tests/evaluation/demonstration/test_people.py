from allauth.account.models import EmailAddress

from evaluation.demonstration.people import PASSWORD
from inharmony.accounts.models import RoleAssignment, User
from programmes.models import Ensemble, Programme, Tutor
from schools.models import School

PROMISED = {
    "coordinator@liverpool.example": "coordinator",
    "admin@liverpool.example": "administrator",
    "manager@liverpool.example": "manager",
    "coordinator@leeds.example": "coordinator",
    "admin@leeds.example": "administrator",
    "manager@leeds.example": "manager",
    "school@faith.example": "school_lead",
    "national@arts.example": "national",
    "operator@portal.example": "operator",
}


def test_the_promised_accounts_hold_their_roles_today(filled):
    held = dict(RoleAssignment.objects.current().values_list("user__email", "role"))
    assert held == PROMISED


def test_accounts_can_sign_in(filled):
    assert all(user.check_password(PASSWORD) for user in User.objects.all()[:2])
    assert set(EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)) == set(
        PROMISED
    )


def test_the_school_lead_leads_a_demonstration_school_of_liverpool(filled):
    school = School.objects.get(pk__in=User.objects.get(email="school@faith.example").reach.schools)
    assert school.name == "Faith Demonstration Primary School"
    assert school.partnerships.get().programme.slug == "liverpool"


def test_coordinators_lead_ensembles(filled):
    for slug in ("liverpool", "leeds"):
        coordinator = User.objects.get(email=f"coordinator@{slug}.example")
        assert Tutor.objects.get(user=coordinator).programme == Programme.objects.get(slug=slug)
        assert Ensemble.objects.visible_to(coordinator).count() >= 4
