"""Posters and pictures of an advert, made when an admin asks for them and kept nowhere."""

from helpline.campaigns.posters.draw import CannotBeDrawn, can_be_drawn, content_of, draw
from helpline.campaigns.posters.formats import FORMATS, Format

__all__ = ["FORMATS", "CannotBeDrawn", "Format", "can_be_drawn", "content_of", "draw"]
