"""The pages as an application without services, for tests that render templates or word sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.unit.gateway.rendering import a_request, page_app


@pytest.fixture(scope="session")
def pages() -> Flask:
    """The application with all pages."""
    return page_app()


@pytest.fixture
def in_english(pages: Flask) -> Iterator[None]:
    """A request of somebody who reads English."""
    with a_request(pages):
        yield
