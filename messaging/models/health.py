"""What the service remembers of its own health: when its clock last ticked, and which alarms were sent."""

from django.db import models


class Pulse(models.Model):
    """Beat's last tick as a worker did it, and how much the sweeper has found since the installation began; one row."""

    BEAT = 1
    at = models.DateTimeField()
    finds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="pulse_only_one")]

    def __str__(self) -> str:
        return f"Last tick at {self.at}"


class Backup(models.Model):
    """When the newest backup that is known to be whole was made; one row, and none before the first."""

    NEWEST = 1
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="backup_only_one")]

    def __str__(self) -> str:
        return f"A backup of {self.at}"


class Alert(models.Model):
    """A condition that holds at the moment, and when it was last told by email; deleted as soon as it has cleared."""

    condition = models.CharField(max_length=20, primary_key=True)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.condition
