"""The public addresses. None ends in a slash, and none says what it is about."""

from django.urls import path

from helpline.views import confidential, home, hours, inbox, leaving, look, write

urlpatterns = [
    path("", home.home, name="home"),
    path("hours", hours.hours, name="hours"),
    path("write", write.write, name="write"),
    path("inbox", inbox.inbox, name="inbox"),
    path("confidential", confidential.confidential, name="confidential"),
    path("leaving", leaving.leaving, name="leaving"),
    path("look.css", look.look, name="look"),
]
