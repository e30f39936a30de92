"""Ports move when they are taken."""

from __future__ import annotations

import socket

from deploy.local.servers.ports import Reservation, free, is_free


def test_free_ports_differ() -> None:
    ports = free(50)
    assert len(set(ports)) == 50


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        assert Reservation().preferred(port) != port


def test_a_port_another_run_has_chosen_is_not_chosen_before_its_server_listens() -> None:
    wanted = free(1)[0]
    one, two = Reservation(), Reservation()
    assert one.preferred(wanted) == wanted
    assert two.preferred(wanted) != wanted
