"""The public addresses. None ends in a slash, and none says what it is about.

`urlpatterns` are the pages that people read: each is there once more for every other language, at /cy/…, /pl/….
`IN_NO_LANGUAGE` are what programs ask for, and short addresses that only lead on.
"""

from django.urls import path

from helpline.hours import status
from helpline.public import adverts, files, health, home, hours, reading, writing
from helpline.rota.views import feed
from helpline.web.installation_script import PATH

urlpatterns = [
    path("", home.home, name="home"),
    path("hours", status.hours, name="hours"),
    path("when", hours.when, name="when"),
    path("read", reading.read, name="read"),
    path("read/<slug:slug>", reading.read_page, name="read-page"),
    path("campaign", reading.campaign, name="campaign"),
    path("write", writing.write, name="write"),
    path("inbox", writing.inbox, name="inbox"),
    path("confidential", writing.confidential, name="confidential"),
    path("leaving", writing.leaving, name="leaving"),
]

IN_NO_LANGUAGE = [
    path("c", adverts.advert, {"code": ""}),
    path("c/", adverts.advert, {"code": ""}),
    path("c/<path:code>", adverts.advert, name="advert"),
    path("count", adverts.count, name="count"),
    path("hours.ics", hours.hours_file, name="hours-calendar"),
    path("api/v1/availability", hours.availability, name="availability"),
    path("robots.txt", files.robots, name="robots"),
    path("look.css", files.look, name="look"),
    path(PATH.removeprefix("/"), files.installation, name="installation"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("rota/<str:secret>.ics", feed.rota_feed, name="rota-feed"),
]
