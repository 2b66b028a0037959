"""The public addresses. None ends in a slash, and none says what it is about.

`urlpatterns` are the pages that people read: each is there once more for every other language, at /cy/…, /pl/….
`IN_NO_LANGUAGE` are what programs ask for, and short addresses that only lead on.
"""

from django.urls import path

from helpline.installation_script import PATH
from helpline.views import (
    advert,
    availability,
    campaign,
    confidential,
    count,
    health,
    home,
    hours,
    inbox,
    installation,
    leaving,
    look,
    read,
    robots,
    rota_feed,
    when,
    write,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("hours", hours.hours, name="hours"),
    path("when", when.when, name="when"),
    path("read", read.read, name="read"),
    path("read/<slug:slug>", read.read_page, name="read-page"),
    path("campaign", campaign.campaign, name="campaign"),
    path("write", write.write, name="write"),
    path("inbox", inbox.inbox, name="inbox"),
    path("confidential", confidential.confidential, name="confidential"),
    path("leaving", leaving.leaving, name="leaving"),
]

IN_NO_LANGUAGE = [
    path("c", advert.advert, {"code": ""}),
    path("c/", advert.advert, {"code": ""}),
    path("c/<path:code>", advert.advert, name="advert"),
    path("count", count.count, name="count"),
    path("hours.ics", availability.hours_file, name="hours-calendar"),
    path("api/v1/availability", availability.availability, name="availability"),
    path("robots.txt", robots.robots, name="robots"),
    path("look.css", look.look, name="look"),
    path(PATH.removeprefix("/"), installation.installation, name="installation"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("rota/<str:secret>.ics", rota_feed.rota_feed, name="rota-feed"),
]
