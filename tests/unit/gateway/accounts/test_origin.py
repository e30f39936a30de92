"""Where a request comes from, as sign-ins and sessions name it."""

from __future__ import annotations

import pytest

from services.gateway.accounts.origin import Origin

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Safari/537.36 Edg/120.0"
)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (SAFARI, "Mobile Safari, iOS"),
        (EDGE, "Edge, Mac OS X"),
        ("", ""),
        ("something nobody knows", ""),
    ],
)
def test_a_browser_is_named_with_its_system(agent: str, name: str) -> None:
    assert Origin("203.0.113.9", agent).browser == name


@pytest.mark.parametrize(
    ("address", "place"),
    [("203.0.113.77", "203.0.113.0"), ("2001:db8:1:2::3", "2001:0db8:0001::"), ("", ""), ("unix:", "")],
)
def test_a_place_says_less_than_an_address(address: str, place: str) -> None:
    assert Origin(address).place == place
