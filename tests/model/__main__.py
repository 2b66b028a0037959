"""`python -m tests.model` says of each promise in which version it is broken, how, and after how many states and seconds."""

import time

from tests.model.search import HONEST, MODEL_OF_THE_PROTOCOL, NEEDED, PROMISES, VERSIONS


def run_of(goal: str, rules: frozenset[str], keys: frozenset[str]) -> str:
    run = MODEL_OF_THE_PROTOCOL.shortest(goal, rules, keys)
    return "-" if run is None else ", ".join(run) or "at once"


def main() -> None:
    began = time.process_time()
    out = ["What breaks a promise, and how many states there are"]
    for promise in PROMISES:
        out.append(f"{promise.review}: {promise.words} Keys of {', '.join(sorted(promise.keys)) or 'nobody'}.")
        for name, rules in VERSIONS.items():
            out.append(
                f"    {name:10}{run_of(promise.goal, rules, promise.keys):34}{MODEL_OF_THE_PROTOCOL.states(rules, promise.keys):6} states"
            )
    out.append("Without a rule")
    out += [f"    {rule:12}{goal:16}{run_of(goal, VERSIONS[name] - {rule}, keys)}" for rule, name, goal, keys in NEEDED]
    out.append("Honest people")
    out += [
        f"    {words:30}{name:10}{run_of(goal, rules, frozenset())}" for goal, words in HONEST.items() for name, rules in VERSIONS.items()
    ]
    out.append(f"{time.process_time() - began:.1f} s of one processor")
    print("\n".join(out))  # noqa: T201


main()
