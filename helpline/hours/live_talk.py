"""Whether the organisation has live talk at all: where no hour was given to it, nothing of it is shown or asked."""

from helpline.models import OpeningInterval, SpecialDay
from helpline.models.hours import Channel


def has_live_talk() -> bool:
    """Some hour was given to it, in the week or on a day; two queries at most."""
    live = {"channel": Channel.LIVE}
    return OpeningInterval.objects.filter(**live).exists() or SpecialDay.objects.filter(**live, opens__isnull=False).exists()


def channels_to_choose() -> list[tuple[str, str]]:
    """The channels with their names, for a form: live talk only where there is any."""
    live = has_live_talk()
    return [(value, label) for value, label in Channel.choices if live or value != Channel.LIVE]


def all_channels_words() -> str:
    """What a closure of every channel closes."""
    return "Phone, messages and live talk" if has_live_talk() else "Phone and messages"
