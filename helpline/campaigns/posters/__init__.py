"""Posters and pictures of an advert, made when an admin asks for them and kept nowhere."""

from helpline.campaigns.posters.draw import CannotBeDrawn, draw_poster, poster_can_be_drawn, poster_content
from helpline.campaigns.posters.formats import FORMATS, Format

__all__ = ["FORMATS", "CannotBeDrawn", "Format", "draw_poster", "poster_can_be_drawn", "poster_content"]
