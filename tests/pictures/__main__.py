"""`uv run python -m tests.pictures [NAME…]`: takes the documentation's pictures anew, into docs/pictures."""

import os
import sys

import django

if __name__ == "__main__":
    # The demonstration is another process; this one needs settings only so that what it shares with the tests can be imported.
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.house.settings_for_types"
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from tests.pictures.take import main

    main(sys.argv[1:])
