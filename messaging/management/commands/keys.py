"""`manage.py keys`: the root key, certificates and desk epochs, made offline; it needs no database and no settings (PROTOCOL §2)."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helpline.clock import now
from messaging.management.commands._epochs import EpochParts
from messaging.management.commands._parts import Parts
from messaging.management.commands._passphrases import AskedPassphrases
from messaging.management.commands._release import ReleaseParts
from messaging.protocol.days import EPOCH, day_of
from messaging.protocol.encoding import ID, decode
from messaging.protocol.peer import offline
from messaging.protocol.peer.errors import BadStatement, ProtocolError
from messaging.protocol.peer.key_files import BadFile, read_key_file
from messaging.protocol.peer.showing import describe_file, show_day


def parse_day(text: str) -> int:
    """A protocol day from a date."""
    try:
        return (date.fromisoformat(text) - EPOCH).days
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2026-11-24") from error


def parse_days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 36_500:
        raise ArgumentTypeError(f"{text!r} is not a number of days from 1 to 36500")
    return int(text[:6])


def parse_id(text: str) -> bytes:
    try:
        return decode(text, ID)
    except ProtocolError as error:
        raise ArgumentTypeError(f"{text!r} is not 16 bytes as base64url") from error


def printable_name(text: str) -> str:
    """A name in a file may have characters that would move the reader's cursor."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


class Command(AskedPassphrases, EpochParts, ReleaseParts, BaseCommand):
    """Each part reads files, asks for a passphrase where one is needed, and writes new files; no file is ever written over."""

    help = "Makes and checks keys offline: root, show, certify, vault, epoch, confirm, verify, release-key, release. No database is needed."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        """As always, but a key or an id that begins with a hyphen, as one in 64 does, is still the value of the option before it."""
        joined: list[str] = []
        for each in argv:
            if joined and joined[-1] in {"--root-public", "--counsellor-id"}:
                joined[-1] += f"={each}"
            else:
                joined.append(each)
        super().run_from_argv(joined)

    def add_arguments(self, parser: ArgumentParser) -> None:
        added = parser.add_subparsers(
            dest="part", required=True, metavar="root|show|certify|vault|epoch|confirm|verify|release-key|release"
        )

        def part(name: str, what: str) -> ArgumentParser:
            return added.add_parser(name, help=what, description=what)

        parts = Parts(part, parse_days, parse_day)
        root = part("root", "Makes the organisation's root key: a file closed with a passphrase. Its public half is printed.")
        root.add_argument("--out", type=Path, required=True, help="the new root key file")
        parts.passphrase(root)

        show = part("show", "Shows what is in files: keys, requests, certificates, statements, epochs.")
        show.add_argument("files", type=Path, nargs="+", metavar="FILE")

        certify = part("certify", "Signs a counsellor's request with the root key.")
        certify.add_argument("--root", type=Path, required=True, help="the root key file")
        certify.add_argument("--request", type=Path, required=True, help="the request, as downloaded from the desk")
        certify.add_argument("--name", required=True, help="the display name that people will read")
        certify.add_argument("--key-holder", action="store_true", help="they may open desk epochs")
        parts.signing_days(certify)
        compared = certify.add_mutually_exclusive_group()
        compared.add_argument("--fingerprint", help="the fingerprint the counsellor read out; if it does not match, nothing is signed")
        compared.add_argument("--renews", type=Path, metavar="FILE", help="the old certificate, whose key signed the request too")
        compared.add_argument("--yes", action="store_true", help="do not ask: the fingerprint has been compared with the counsellor's")
        certify.add_argument("--out", type=Path, required=True, help="the new certificate")
        parts.passphrase(certify)

        vault = part("vault", "Makes a counsellor's vault and request away from the browser.")
        parts.root_public(vault)
        vault.add_argument("--counsellor-id", type=parse_id, metavar="ID", help="the id that the installation gave (a new one)")
        vault.add_argument("--out", type=Path, required=True, help="the new vault record")
        vault.add_argument("--request-out", type=Path, required=True, help="the new request")
        parts.passphrase(vault)

        self.add_epoch_parts(parts)
        self.add_release_parts(parts)

        verify = part("verify", "Checks files against each other and the root. Exits with 1 if a check fails.")
        parts.root_public(verify)
        verify.add_argument("files", type=Path, nargs="+", metavar="FILE")
        verify.add_argument("--vault", type=Path, metavar="FILE", help="also open the grants of this vault, closed with a passphrase")
        parts.passphrase(verify)

    def handle(self, *, part: str, **given: Any) -> None:
        try:
            getattr(self, part.replace("-", "_"))(**given)
        except BadFile as error:
            raise CommandError(printable_name(str(error))) from error
        except BadStatement as error:
            raise CommandError(f"The epoch would not hold: {error}.") from error
        except ProtocolError as error:
            raise CommandError(printable_name(str(error)[:1].upper() + str(error)[1:] + ".")) from error
        except (KeyboardInterrupt, EOFError) as error:
            raise CommandError("Stopped. Nothing was made.") from error

    def say(self, *lines: str) -> None:
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        for line in lines:
            # Another terminal's alphabet may lack what a name is written with.
            self.stdout.write(printable_name(line).encode(encoding, "backslashreplace").decode(encoding))

    def root(self, *, out: Path, passphrase_file: Path | None, **_: Any) -> None:
        public, fingerprint = offline.make_root_file(out, lambda: self.new_passphrase(passphrase_file))
        self.say(f"The root key is in {out}. Keep it away from any server, and keep its passphrase in a different place.")
        self.say(f"HELPLINE_ROOT_KEY={public}", f"Fingerprint: {fingerprint}")

    def show(self, *, files: list[Path], **_: Any) -> None:
        for number, path in enumerate(files):
            self.say(*([""] if number else []), f"{path}:")
            for content in read_key_file(path):
                self.say(*(f"  {line}" for line in describe_file(content)))

    def certify(self, *, root: Path, request: Path, out: Path, passphrase_file: Path | None, name: str, **given: Any) -> None:
        asked, found = offline.read_request(root, request)
        self.say(f"The request of {name} has the fingerprint", f"  {found}")
        if given["renews"] is not None:
            old = offline.check_renewal(root, asked, given["renews"], day_of(now()))
            self.say(f"The key of {old.display_name}’s certificate signed it. It was valid until {show_day(old.last_day)}.")
        else:
            self.compare(found, given["fingerprint"], sure=given["yes"])
        first_day = day_of(now()) if given["first_day"] is None else given["first_day"]
        days = first_day, first_day + given["days"] - 1
        offline.certify_request(
            root, asked, out, name, given["key_holder"], days, lambda: self.passphrase(passphrase_file, f"Passphrase of {root}: ")
        )
        self.say(f"The certificate of {name} is in {out}, for {show_day(days[0])} to {show_day(days[1])}.")

    def compare(self, found: str, read_out: str | None, *, sure: bool) -> None:
        """Whatever carried the request here may have put another in its place: only the counsellor's own word tells (PROTOCOL §2.10)."""
        if sure:
            return
        if read_out is not None:
            if "".join(read_out.lower().split()) != "".join(found.split()):
                raise CommandError("That is not the fingerprint that was read out. Nothing has been signed.")
            return
        if not sys.stdin.isatty():
            raise CommandError(
                "Nothing is signed. Compare the fingerprint with the counsellor's, then give it as --fingerprint, or give --yes."
            )
        self.stdout.write("Does the counsellor see the same on their vault page? Type yes to sign: ", ending="")
        self.stdout.flush()
        if input().strip() != "yes":
            raise CommandError("Nothing is signed.")

    def vault(
        self, *, root_public: str, counsellor_id: bytes | None, out: Path, request_out: Path, passphrase_file: Path | None, **_: Any
    ) -> None:
        made = offline.make_vault_files(root_public, counsellor_id, out, request_out, lambda: self.given_passphrase(passphrase_file))
        self.say(
            f"The vault is in {out}, the request in {request_out}.",
            f"Counsellor id: {made.counsellor_id}",
            f"Fingerprint: {made.fingerprint}",
            "The recovery sheet, to copy on paper and to keep in another place than the passphrase. It opens everything:",
            *(f"  {place + 1:2}. " + "  ".join(made.sheet[place : place + 6]) for place in range(0, len(made.sheet), 6)),
        )

    def verify(self, *, root_public: str, files: list[Path], vault: Path | None, passphrase_file: Path | None, **_: Any) -> None:
        findings = offline.verify_files(root_public, files, vault, lambda: self.passphrase(passphrase_file, f"Passphrase of {vault}: "))
        self.say(*(f"{'good' if finding.holds else 'BAD '}  {finding.sentence}" for finding in findings))
        bad = len([finding for finding in findings if not finding.holds])
        if bad:
            raise CommandError(f"{bad} of {len(findings)} checks failed.")
