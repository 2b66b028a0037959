"""Every address: the public site, the person's interface, and below /desk/ the staff's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from helpline.urls import IN_NO_LANGUAGE
from messaging.urls import PAGES

handler400 = "helpline.public.errors.bad_request"
handler404 = "helpline.public.errors.page_not_found"
handler500 = "helpline.public.errors.server_error"

urlpatterns = [
    # First the helpline's: messaging answers for whatever else lies below /api/, with a problem where nothing does.
    path("", include(IN_NO_LANGUAGE)),
    path("", include("messaging.urls")),
    # The public pages once more below /cy/ and /pl/: an address says its language, for there is no cookie that could.
    *i18n_patterns(path("", include("helpline.urls")), path("", include(PAGES)), prefix_default_language=False),
]
