"""Every address: the public site, the person's interface, and below /desk/ the staff's."""

from django.urls import include, path

handler400 = "helpline.views.errors.bad_request"
handler404 = "helpline.views.errors.not_found"
handler500 = "helpline.views.errors.server_error"

urlpatterns = [
    path("", include("helpline.urls")),
    path("", include("messaging.urls")),
]
