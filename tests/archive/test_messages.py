"""What a record holds of requests and responses: no secret."""

import pytest

from osce_crawl.archive.messages import address_of, request_block, response_head

URL = "https://www.osce.org/odihr/1001?page=2"


def test_a_request_is_written_as_http_has_it():
    block = request_block("GET", URL, [(b"Accept", b"text/html")], b"")

    assert block == (
        b"GET /odihr/1001?page=2 HTTP/1.1\r\nHost: www.osce.org\r\nAccept: text/html\r\n\r\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "Proxy-Authorization", "Cookie", "X-TYPESENSE-API-KEY"),
        "X-Some-Header-Of-An-Operator",
    ],
)
def test_the_value_of_a_header_that_may_be_secret_is_masked(name):
    block = request_block("GET", URL, [(name.encode(), b"s3cret")], b"")

    assert f"{name}: masked\r\n".encode() in block
    assert b"s3cret" not in block


def test_a_password_in_an_address_is_left_out():
    address = "https://anna:s3cret@www.osce.org/a?b=1#c"

    assert address_of(address) == "https://www.osce.org/a?b=1"
    assert b"s3cret" not in request_block("GET", address, [], b"")


def test_a_cookie_keeps_its_name_and_loses_its_value():
    head = response_head("HTTP/1.1", 200, [(b"Set-Cookie", b"SESS=s3cret; Path=/; HttpOnly")])

    assert b"Set-Cookie: SESS=masked; Path=/; HttpOnly\r\n" in head


def test_headers_of_a_response_keep_their_order_repeats_and_bytes():
    headers = [(b"Link", b"<a>"), (b"X-Title", b"\xfc"), (b"Link", b"<b>")]

    head = response_head("HTTP/1.0", 404, headers)

    assert head == (b"HTTP/1.0 404 Not Found\r\nLink: <a>\r\nX-Title: \xfc\r\nLink: <b>\r\n\r\n")


def test_a_status_of_nobody_has_no_phrase():
    assert response_head(None, 599, []).startswith(b"HTTP/1.1 599 \r\n")


def test_no_value_begins_a_line_of_its_own():
    head = response_head("HTTP/1.1", 200, [(b"X-Note", b"one\r\nSet-Cookie: two")])

    assert head.count(b"\r\n") == 3
