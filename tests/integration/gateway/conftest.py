"""One gateway, and one among services that answer, for all the tests here: each opens an agency of its own in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.gateway.admin_browser import AdminBrowser
from tests.integration.gateway.house import House, open_house
from tests.integration.gateway.prospects import PortalWorld, open_portal_world
from tests.integration.gateway.quarter import Quarter, open_quarter


@pytest.fixture(scope="package")
def house(mongo_url: str, package_mongo_prefix: str, vhost_url: str, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder: Path = tmp_path_factory.mktemp("gateway")
    return open_house(folder, mongo_url, f"{package_mongo_prefix}h_", vhost_url)


@pytest.fixture(scope="package")
def quarter(
    mongo_url: str, package_mongo_prefix: str, vhost_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Quarter]:
    folder = tmp_path_factory.mktemp("quarter")
    with open_quarter(folder, mongo_url, f"{package_mongo_prefix}q_", vhost_url) as found:
        yield found


@pytest.fixture
def portal(quarter: Quarter) -> PortalWorld:
    return open_portal_world(quarter)


@pytest.fixture
def admin(house: House) -> AdminBrowser:
    """The admin of an agency of one's own, signed in."""
    return AdminBrowser(house)
