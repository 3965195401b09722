"""The demonstration answers this machine and nobody else."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


class LoopbackOnlyMiddleware:
    """Refuses any request that did not come from this machine's loopback, or came through a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        forwarded = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
        if forwarded or not address or not ip_address(address).is_loopback:
            return HttpResponse(
                "The demonstration is for this machine only: its accounts need no password.",
                status=403,
                content_type="text/plain",
            )
        return self.get_response(request)
