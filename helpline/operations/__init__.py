"""What changes the helpline's rows: one verb, one file."""

from helpline.operations.plan_rota import plan_rota

__all__ = ["plan_rota"]
