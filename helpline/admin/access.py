"""Who may use these pages, and by which clock their times are read."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from helpline.queries import organisation

if TYPE_CHECKING:
    # Django's own classes cannot be subscripted while the programme runs.
    from helpline.models import Campaign, Figure

    Inline = admin.StackedInline[Figure, Campaign]
    Base = admin.ModelAdmin[Any]
else:
    Inline = admin.StackedInline
    Base = admin.ModelAdmin


def is_admin(request: HttpRequest) -> bool:
    """The role decides, and nothing else: an active account that is an admin may do everything on these pages."""
    return bool(request.user.is_active and request.user.is_staff)


class ForAdmins:
    """Takes the role for every permission, so that nobody has to hand out Django's own one by one."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_admin(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_admin(request)


class Page(ForAdmins, Base):
    """A model's pages, by the organisation's own clock on the wall (the settings' zone may be another)."""

    def changelist_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(organisation().time_zone)):
            return rendered(super().changelist_view(request, *arguments, **named))

    def changeform_view(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        with timezone.override(ZoneInfo(organisation().time_zone)):
            return rendered(super().changeform_view(request, *arguments, **named))


def rendered(response: HttpResponse) -> HttpResponse:
    """The page, written out while the zone still holds: a template response is otherwise rendered after the view."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response
