"""`manage.py verify_trail`: works out the whole chain over the trail again, and looks for the head that an email of some day named."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.audit.chain import chain_words, head_matches, link_entries, verify_chain
from helpline.clock import now


class Command(BaseCommand):
    help = "Checks the chain over the trail of what staff did. Ends with an error where it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", metavar="NUMBER:DIGEST", help="the head that a daily email named; it must be in the chain")

    def handle(self, *arguments: Any, **options: Any) -> None:
        while link_entries():
            continue
        report = verify_chain(at=now())
        for sentence in chain_words(report):
            self.stdout.write(sentence)
        if not report.holds:
            raise CommandError("The chain does not hold.")
        if head := options["head"]:
            number, _, digest = str(head).partition(":")
            if not number.isdecimal() or not head_matches(int(number), digest):
                raise CommandError("That head is not in the chain: what came before it was rewritten, or the head was mistyped.")
            self.stdout.write("That head is in the chain.")
        self.stdout.write("The chain holds.")
