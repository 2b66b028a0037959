"""The admin's pages: the organisation, hours, people, rota, campaign. They lie below /desk/admin/ and know nothing of messages."""

from helpline.admin import campaign, hours, organisation, people, rota

__all__ = ["campaign", "hours", "organisation", "people", "rota"]
