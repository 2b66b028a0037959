"""The organisation's own list of ways to help in a crisis."""

from django.contrib import admin

from helpline.admin.base import AdminPage
from helpline.models import CrisisWay


@admin.register(CrisisWay)
class CrisisWays(AdminPage):
    """What the list has none of (nobody to call, no way without speaking) is shown from the service's own list."""

    list_display = ("name", "contact", "group", "nation", "for_ending", "checked_on")
    list_filter = ("nation", "group")
