"""`uv run python -m tests.documents FOLDER`: builds the documents into FOLDER, which must not exist yet."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.documents.site import build

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to: uv run python -m tests.documents FOLDER")
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(build(Path(scratch)), sys.argv[1])
    sys.stdout.write(f"The site begins at {sys.argv[1]}/index.html.\n")
