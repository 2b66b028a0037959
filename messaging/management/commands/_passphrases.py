"""How `manage.py keys` comes to a passphrase: from a file, asked for, or drawn and shown."""

import getpass
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError

from messaging.protocol.peer.vault import make_passphrase
from messaging.protocol.peer.words import split_words


class AskedPassphrases:
    """Mixed into the command, which speaks."""

    say: Callable[..., None]

    def passphrase(self, file: Path | None, prompt: str) -> str:
        """From the file, or asked for; raises CommandError."""
        if file is not None:
            try:
                return file.read_text(encoding="utf-8").removesuffix("\n").removesuffix("\r")
            except (OSError, UnicodeDecodeError) as error:
                raise CommandError(f"The passphrase cannot be read from {file}.") from error
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to ask for the passphrase. Give a file that contains it: --passphrase-file.")
        return getpass.getpass(prompt)

    def given_passphrase(self, file: Path | None) -> str:
        """Six words of a vault: from the file, or drawn, shown, and entered again."""
        if file is not None:
            return self.passphrase(file, "")
        drawn = make_passphrase()
        if not sys.stdin.isatty():
            raise CommandError("There is no terminal to show the passphrase on. Give a file that contains six words: --passphrase-file.")
        self.say(
            "The passphrase of this vault is", f"  {drawn}", "Learn it, or write it down and keep the paper where only you can find it."
        )
        if split_words(getpass.getpass("The six words again: ")) != drawn.split():
            raise CommandError("The words did not match. Nothing was made.")
        return drawn

    def new_passphrase(self, file: Path | None) -> str:
        """As passphrase, asked for twice."""
        first = self.passphrase(file, "New passphrase, at least 12 characters: ")
        if file is None and unicodedata.normalize("NFKC", getpass.getpass("The same again: ")) != unicodedata.normalize("NFKC", first):
            raise CommandError("The two did not match. Nothing was made.")
        return first
