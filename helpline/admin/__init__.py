"""The admin's pages: the organisation, hours, people, rota, campaign. They lie below /desk/admin/ and know nothing of messages."""

from helpline.admin import adverts, campaign, crisis, hours, organisation, pages, people, rota, terms

__all__ = ["adverts", "campaign", "crisis", "hours", "organisation", "pages", "people", "rota", "terms"]
