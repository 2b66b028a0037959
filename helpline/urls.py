"""The public addresses. None ends in a slash, and none says what it is about.

`urlpatterns` are the pages that people read: each is there again for every other language, at /cy/…, /pl/….
`IN_NO_LANGUAGE` are what programs ask for, and short addresses that only lead on.
"""

from django.urls import path

from helpline.hours import status
from helpline.public import adverts, files, health, home, hours, reading, recordings, starting, writing
from helpline.rota.views import feed
from helpline.web.installation_script import PATH

urlpatterns = [
    path("", home.home_view, name="home"),
    path("hours", status.hours_status_view, name="hours"),
    path("when", hours.opening_hours_view, name="when"),
    path("read", reading.reading_list_view, name="read"),
    path("start", starting.start_view, name="start"),
    path("list", starting.tick_list_view, name="tick-list"),
    path("read/<slug:slug>", reading.reading_page_view, name="read-page"),
    path("about", reading.about_us_view, name="about"),
    path("campaign", reading.campaign_view, name="campaign"),
    path("write", writing.writing_view, name="write"),
    path("inbox", writing.inbox_view, name="inbox"),
    path("confidential", writing.confidentiality_view, name="confidential"),
    path("leaving", writing.leaving_view, name="leaving"),
]

IN_NO_LANGUAGE = [
    path("c", adverts.advert_view, {"code": ""}),
    path("c/", adverts.advert_view, {"code": ""}),
    path("c/<path:code>", adverts.advert_view, name="advert"),
    path("count", adverts.count_start_view, name="count"),
    path("listen/<int:number>", recordings.recording_view, name="recording"),
    path("hours.ics", hours.hours_calendar_view, name="hours-calendar"),
    path("api/v1/availability", hours.availability_view, name="availability"),
    path("robots.txt", files.robots_txt_view, name="robots"),
    path("address.svg", files.address_code_view, name="address-code"),
    path("look.css", files.look_css_view, name="look"),
    path(PATH.removeprefix("/"), files.installation_script_view, name="installation"),
    path("health/live", health.health_live_view, name="health-live"),
    path("health/ready", health.health_ready_view, name="health-ready"),
    path("rota/<str:secret>.ics", feed.rota_feed_view, name="rota-feed"),
]
