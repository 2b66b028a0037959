"""An organisation that has said who it is."""

from helpline.models import AboutUs

TOLD = {
    "legal_name": "Helpline Under Test",
    "registered": "Register of Tests, 1",
    "postal_address": "1 Test Street",
    "office_contact": "office@helpline.example",
    "counsellors": "Trained **counsellors**.",
    "complaints": "Write to the office.",
    "privacy": "We decide about your data.",
    "accessibility": "It meets WCAG 2.2.",
}


def tell_about_us(**otherwise: str) -> AboutUs:
    """Fills in the page about the organisation."""
    return AboutUs.objects.create(pk=1, **{**TOLD, **otherwise})
