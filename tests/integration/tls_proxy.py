"""A reverse proxy that speaks TLS to browsers and HTTP to Concord: `python tls_proxy.py UPSTREAM_PORT FOLDER [FORGED]`.

It says who asked and over what in X-Forwarded-For, -Proto and -Host, added to what the browser sent, as proxies do.
Its certificate is made at the start; the port is printed.
"""

import http.client
import http.server
import ipaddress
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOT_HANDED_ON = frozenset({"connection", "transfer-encoding", "keep-alive"})


def certificate(folder: Path) -> Path:
    """Make a key and a certificate for 127.0.0.1 that signs itself; gives the file with both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "concord.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "proxy.pem"
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


class Proxy(http.server.BaseHTTPRequestHandler):
    """Hands each request on."""

    upstream = 0

    def do_GET(self) -> None:
        """Ask Concord the same, and give its answer."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        sent = {name: value for name, value in self.headers.items() if not name.lower().startswith("x-forwarded")}
        before = [value for name, value in self.headers.items() if name.lower() == "x-forwarded-for"]
        told = {
            "X-Forwarded-For": ", ".join([*before, self.client_address[0]]),
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": self.headers["Host"],
            "Host": f"127.0.0.1:{self.upstream}",
        }
        asked = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        asked.request(self.command, self.path, body, {**sent, **told})
        answer = asked.getresponse()
        content = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_HANDED_ON:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        asked.close()
        self.close_connection = True

    do_POST = do_HEAD = do_GET  # noqa: N815 - the standard library's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until killed."""
    Proxy.upstream = int(sys.argv[1])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(Path(sys.argv[2])))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)  # noqa: T201 - its parent reads it
    server.serve_forever()


if __name__ == "__main__":
    main()
