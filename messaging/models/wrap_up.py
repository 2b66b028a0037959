"""What a closed conversation was about, as plain sums by the week: nothing in them leads to a conversation, a person or a counsellor."""

from django.db import models


class Route(models.TextChoices):
    SELF = "self", "Wrote about themselves"
    OTHER = "other", "Wrote about someone else"
    YOUNG = "young", "A young person"
    PROFESSIONAL = "professional", "A professional"
    UNCLEAR = "unclear", "Not clear"


class Action(models.TextChoices):
    """A protective action that was agreed."""

    TELL_SOMEBODY = "tell-somebody", "To tell someone they trust"
    DEVICES = "devices", "Limits on devices or accounts"
    NO_CONTACT = "no-contact", "Not to be alone with young people, or to stop contact"
    SAFETY_PLAN = "safety-plan", "A plan for difficult moments"
    SEEK_HELP = "seek-help", "To ask for professional help"
    WRITE_AGAIN = "write-again", "To write or call again"


class Signpost(models.TextChoices):
    """Where the person was told to turn."""

    PHONE = "phone", "The helpline’s phone line"
    SELF_HELP = "self-help", "Self-help pages"
    GP = "gp", "A GP or mental health service"
    CRISIS = "crisis", "A crisis line or 999"
    CHILDLINE = "childline", "Childline"
    POLICE = "police", "The police"
    SOCIAL_WORK = "social-work", "Children’s social work"
    REPORT = "report", "Where to report images"
    ELSEWHERE = "elsewhere", "Somewhere else"


class WrapUpSum(models.Model):
    """How often a code was given in a week, which begins on a Monday. It stays when a conversation is deleted, for it is of none."""

    class Kind(models.TextChoices):
        CLOSED = "closed"
        ROUTE = "route"
        ACTION = "action"
        SIGNPOST = "signpost"

    week = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    code = models.CharField(max_length=16, blank=True)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["week", "kind", "code"]
        constraints = [models.UniqueConstraint(fields=["week", "kind", "code"], name="wrap_up_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}, week of {self.week}"
