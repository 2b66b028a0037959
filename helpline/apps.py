"""The public site, hours, rotas and people."""

from django.apps import AppConfig


class Helpline(AppConfig):
    name = "helpline"
    verbose_name = "Helpline"

    def ready(self) -> None:
        from helpline.four_eyes.site_changes import register_site_deeds
        from helpline.staff import sign_in_trail

        sign_in_trail.listen_for_sign_ins()
        register_site_deeds()
