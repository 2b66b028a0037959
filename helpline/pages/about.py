"""The page about the organisation, and what is still missing before its site is ready."""

from helpline.models import AboutUs, Organisation


def about_us() -> AboutUs:
    """What the organisation says of itself; nothing at all before an admin has written it. One query."""
    return AboutUs.objects.first() or AboutUs()


def unsaid_about_us(about: AboutUs, own: Organisation) -> list[str]:
    """What a visitor cannot learn yet, by the names that the admin's forms have; empty when the site is ready."""
    of_calls = {"the caller’s number": own.caller_number, "recording of calls": own.recording} if own.phone else {}
    return [*about.missing, *(name for name, said in of_calls.items() if not said)]
