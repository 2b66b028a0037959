"""Asks the site ten times a second until FILE.end is there; writes into FILE how long nobody answered, and how long only to apologise.

`python3 asking.py NAME FILE`: NAME is the site's, at port 443 of this machine.
"""

import socket
import ssl
import sys
import time
from pathlib import Path

BETWEEN = 0.1


def status_of(name: str) -> int:
    """The answer's status; 0 when there was none. Whether the certificate holds is asked elsewhere."""
    whoever = ssl.create_default_context()
    whoever.check_hostname, whoever.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", 443), 3) as bare, whoever.wrap_socket(bare, server_hostname=name) as line:
            line.settimeout(20)
            line.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            return int(line.recv(64).split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def main(name: str, file: Path) -> None:
    end = file.with_name(file.name + ".end")
    end.unlink(missing_ok=True)
    silent = sorry = 0.0
    while not end.exists():
        began = time.monotonic()
        status = status_of(name)
        time.sleep(BETWEEN)
        took = time.monotonic() - began
        silent += took if status == 0 else 0
        sorry += took if status not in {0, 200} else 0
    file.write_text(f"{silent:.1f} {sorry:.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
