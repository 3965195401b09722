from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """Says hello to the person of the session, with one thing from the database."""
    named = Permission.objects.filter(codename="view_user").values_list("name", flat=True).first()
    return HttpResponse(f"Hello {request.user.get_username()}: {named}")


urlpatterns = [path("", hello)]
