from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(_request: HttpRequest) -> HttpResponse:
    """Says hello to anybody."""
    return HttpResponse("Hello")


urlpatterns = [path("", hello)]
