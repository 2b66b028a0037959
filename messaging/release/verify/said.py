"""What a check has said so far. PURE."""

from dataclasses import dataclass, field


@dataclass
class SiteCheck:
    """What was said so far: (whether it holds, the sentence)."""

    said: list[tuple[bool, str]] = field(default_factory=list)

    def holds(self, sentence: str) -> None:
        self.said.append((True, sentence))

    def differs(self, sentence: str) -> None:
        self.said.append((False, sentence))

    @property
    def differences(self) -> list[str]:
        return [sentence for holds, sentence in self.said if not holds]
