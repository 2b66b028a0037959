"""Puts the desk's own admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class DeskAdmin(AdminConfig):
    default_site = "helpline.admin_site.DeskAdminSite"
