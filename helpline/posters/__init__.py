"""Posters and pictures of an advert, made when an admin asks for them and kept nowhere."""

from helpline.posters.draw import content_of, draw
from helpline.posters.formats import FORMATS, Format

__all__ = ["FORMATS", "Format", "content_of", "draw"]
