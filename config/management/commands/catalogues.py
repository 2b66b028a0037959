"""`manage.py catalogues`: the files that translators edit, brought up to what the site says."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import catalogues
from helpline.web.translations import ensure_catalogues_compiled


class Command(BaseCommand):
    help = "Finds every sentence of the public site, and updates the catalogues in templates/locale."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="print what is not translated yet")

    def handle(self, *args: Any, missing: bool, **options: Any) -> None:
        template = catalogues.extract_sentences()
        for language, name in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            catalog = catalogues.update_catalogue(language, template)
            catalogues.write_catalogue(catalog, language)
            untranslated = [message for message in catalog if message.id and not message.string]
            self.stdout.write(f"{name}: {len(catalog)} sentences, {len(untranslated)} of them not translated yet.")
            for message in untranslated if missing else []:
                self.stdout.write(f"  {message.id}")
        ensure_catalogues_compiled()
