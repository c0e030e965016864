"""Certificates are verified: a site that cannot prove who it is is not read."""

import datetime as dt
import ipaddress
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from server import crawl

from osce_crawl import settings as project

SPIDER = """
from scrapy import Request, Spider

class TheSpider(Spider):
    name = "one"
    async def start(self):
        yield Request(self.settings["URL"], callback=self.parse, errback=self.failed)
    def parse(self, response):
        self.crawler.stats.set_value("read", response.text)
    def failed(self, failure):
        self.crawler.stats.set_value("refused", type(failure.value).__name__)
"""


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"read")

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def self_signed(tmp_path):
    """Serve https on loopback with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def settings(url, **more):
    return {
        "URL": url,
        "ROBOTSTXT_OBEY": False,
        "RETRY_ENABLED": False,
        "DOWNLOAD_VERIFY_CERTIFICATES": project.DOWNLOAD_VERIFY_CERTIFICATES,
        **more,
    }


def test_certificate_nobody_vouches_for_is_refused(tmp_path, self_signed):
    assert "refused" in crawl(tmp_path, SPIDER, settings(self_signed)).stats


def test_page_behind_it_could_be_read_without_the_setting(tmp_path, self_signed):
    """What the test above would miss if the server itself did not work."""
    unverified = settings(self_signed, DOWNLOAD_VERIFY_CERTIFICATES=False)
    assert crawl(tmp_path, SPIDER, unverified).stats.get("read") == "read"
