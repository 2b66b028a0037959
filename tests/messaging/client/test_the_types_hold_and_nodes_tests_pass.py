"""The client is checked by TypeScript at its strictest, and by node's own test runner."""

import pytest

from messaging.release.build import install, run_node
from tests.messaging.client.node import run_tests

VECTORS = "vectors_hold.test.ts"


def test_the_types_of_sources_and_tests_hold() -> None:
    install()
    run_node("The types do not hold", "typescript/bin/tsc", "--noEmit", "--project", "tsconfig.json")
    run_node("The types of the tests do not hold", "typescript/bin/tsc", "--noEmit", "--project", "tests/tsconfig.json")


@pytest.mark.long
def test_every_test_of_the_client_passes() -> None:
    assert "fail 0" in run_tests("**/*.test.ts", without=VECTORS)


@pytest.mark.night("by day Chromium and Python read them: test_the_vectors_hold_in_a_browser.py")
def test_every_vector_holds_in_node() -> None:
    assert "fail 0" in run_tests(VECTORS)
