"""Headers that keep a person's visit private, and the rule that no cookie exists outside the desk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from helpline.web.csp import csp_policy

# No page here needs any of these, so no script, ours or another's, may ask for them.
REFUSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES)


class SafetyHeadersMiddleware:
    """Sets privacy and security headers, and drops any cookie set outside /desk/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = csp_policy(request.path)
        response.headers.setdefault("Content-Security-Policy", policy.csp)
        if policy.integrity:
            response.headers.setdefault("Integrity-Policy", policy.integrity)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-DNS-Prefetch-Control", "off")
        # Whoever wants a page kept says so; silence means that nobody keeps it.
        response.headers.setdefault("Cache-Control", "no-store")
        if request.path.startswith(str(settings.DESK_PATH)):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
            # A form without a referrer is sent with "Origin: null", which the check against forged forms refuses.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        else:
            response.cookies.clear()
        return response
