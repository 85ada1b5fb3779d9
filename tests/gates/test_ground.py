"""The ground of the tests holds: no network, a folder of our own, the journeys last."""

import os
import socket
import urllib.request
from contextlib import closing

import pytest

FAR = ("192.0.2.7", 80)  # TEST-NET-1 of RFC 5737: nobody's address


def connect_ex():
    with closing(socket.socket()) as reaching:
        reaching.connect_ex(FAR)


def datagram():
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as reaching:
        reaching.sendto(b"x", FAR)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(FAR, timeout=1),
        connect_ex,
        datagram,
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: urllib.request.urlopen("http://example.org", timeout=1),
    ],
    ids=["connect", "connect_ex", "datagram", "name", "url"],
)
def test_reaching_another_machine_fails(reach):
    with pytest.raises(RuntimeError, match="socket"):
        reach()


def test_this_machine_is_allowed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


def test_no_test_sees_an_installation_of_this_machine():
    from django.conf import settings

    assert "romyen-tests-" in str(settings.ROMYEN_DATA_DIR)
    assert "romyen-tests-" in str(settings.ROMYEN_KEYS_DIR)
    assert os.environ["ROMYEN_ARGON2_MEMORY_MIB"] == "1"
