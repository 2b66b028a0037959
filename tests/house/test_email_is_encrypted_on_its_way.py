"""Invitations open the desk: the mail server is told its password, and any of them, by an encrypted line to the right server alone."""

import datetime
import ssl
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.house.refused_settings import GOOD
from tests.house.tools import run, said
from tests.parts.environment import free_port
from tests.parts.mail import Mail, mail_server

HOST, PASSWORD = "localhost", "a password of the desk"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that is its own authority, for the name localhost, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "certificate.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def context(certificate: Path) -> ssl.SSLContext:
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate)
    return own


def send(server: Mail, security: str, *, trusted: Path | None = None, host: str = HOST) -> CompletedProcess[str]:
    """Django's own command for it, with the settings of an installation."""
    environment = {
        "HELPLINE_EMAIL_HOST": host,
        "HELPLINE_EMAIL_PORT": str(server.port),
        "HELPLINE_EMAIL_SECURITY": security,
        "HELPLINE_EMAIL_USER": "desk",
        "HELPLINE_EMAIL_PASSWORD": PASSWORD,
        **({"SSL_CERT_FILE": str(trusted)} if trusted else {}),
    }
    return run("python", "manage.py", "sendtestemail", "somebody@helpline.example", **GOOD, **environment)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_is_sent_encrypted_by_whoever_signed_in(certificate: Path, context: ssl.SSLContext, security: str) -> None:
    with mail_server(context, starts_tls=security == "starttls") as server:
        done = send(server, security, trusted=certificate)
        assert done.returncode == 0, said(done)
        assert len(server.subjects) == 1
        assert server.signed_in == [f"desk:{PASSWORD}"]
        assert {line.split()[0].upper() for line in server.clear} <= {b"EHLO", b"STARTTLS"}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_encrypt_is_told_nothing(security: str) -> None:
    with mail_server() as server:
        done = send(server, security)
        assert done.returncode != 0
        assert ("SMTPNotSupportedError" if security == "starttls" else "SSLError") in done.stderr, said(done)
        assert server.subjects == server.signed_in == []
        assert PASSWORD.encode() not in b"".join(server.clear)


@pytest.mark.parametrize(("trusts", "host"), [(False, HOST), (True, "127.0.0.1")], ids=["unknown-authority", "another-name"])
@pytest.mark.parametrize("security", ["starttls", pytest.param("tls", marks=pytest.mark.night("by day one of the two ways"))])
def test_a_server_with_another_certificate_is_told_nothing(
    certificate: Path, context: ssl.SSLContext, security: str, trusts: bool, host: str
) -> None:
    with mail_server(context, starts_tls=security == "starttls") as server:
        done = send(server, security, trusted=certificate if trusts else None, host=host)
        assert done.returncode != 0
        assert "CERTIFICATE_VERIFY_FAILED" in done.stderr
        assert server.subjects == server.signed_in == []


def test_a_trial_without_a_mail_server_is_told_so() -> None:
    """Django's own command ends well, and nothing was sent."""
    done = run("python", "manage.py", "sendtestemail", "somebody@helpline.example", **GOOD)
    assert done.returncode == 1
    assert "Nothing was sent: this installation sends no email. Set HELPLINE_EMAIL_HOST." in done.stderr


def test_a_mail_server_that_is_away_is_told_in_a_sentence() -> None:
    settings = {"HELPLINE_EMAIL_HOST": HOST, "HELPLINE_EMAIL_PORT": str(free_port())}
    done = run("python", "manage.py", "sendtestemail", "somebody@helpline.example", **GOOD, **settings)
    assert done.returncode == 1
    assert "Nothing was sent: the mail server did not accept it" in done.stderr
    assert "Traceback" not in done.stderr
