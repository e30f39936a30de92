"""Every page of somebody who works at an agency: it opens, axe finds nothing, nothing is wider than the screen."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visitors
from tests.browser.running_system import AgencyAtWork, RunningSystem
from tests.browser.visitor import SIZES

PATHS = ("/", "/?whose=team", "/contacts", "/contacts/new", "/listings", "/listings/new", "/explain", "/sent")
PATHS += ("/account", "/search?q=to")


@pytest.mark.parametrize("device", SIZES)
def test_every_page_of_an_agency_without_anything_is_in_order(
    agency: AgencyAtWork, visitors: Visitors, device: str
) -> None:
    visitor = visitors(device)
    visitor.visit("/sign-in")
    assert visitor.axe() == []
    visitor.sign_in(agency.member())
    for path in PATHS:
        visitor.visit(path)
        assert (path, visitor.axe(), visitor.is_too_wide()) == (path, [], False)


@pytest.mark.parametrize("device", SIZES)
def test_an_operators_pages_are_in_order(running_system: RunningSystem, visitors: Visitors, device: str) -> None:
    visitor = visitors(device)
    visitor.sign_in(running_system.operator())
    for path in ("/services", "/account"):
        visitor.visit(path)
        assert (path, visitor.axe(), visitor.is_too_wide()) == (path, [], False)
