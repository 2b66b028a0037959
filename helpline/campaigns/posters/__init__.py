"""Posters and pictures of an advert, made when an admin asks for them and kept nowhere."""

from helpline.campaigns.posters.draw import PosterCannotBeDrawn, draw_poster, poster_can_be_drawn, poster_content
from helpline.campaigns.posters.formats import FORMATS, PosterFormat

__all__ = ["FORMATS", "PosterCannotBeDrawn", "PosterFormat", "draw_poster", "poster_can_be_drawn", "poster_content"]
