"""Whose address counts: the connection's, unless proxies of one's own are known to stand before it."""

from __future__ import annotations

import pytest
from flask import request

from shared.http.auth import public
from shared.http.web import create_service_app
from shared.storage import mongo
from tests.issuer import test_settings

FORWARDED = "203.0.113.9, 198.51.100.7"


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")])
def test_so_many_entries_of_a_forwarded_address_are_believed_as_there_are_proxies(hops: int, seen: str) -> None:
    settings = test_settings(proxy_hops=hops)
    db = mongo.database(mongo.connect(settings.mongo_url, "test"), "test")
    app = create_service_app("gateway", settings, db, None, [])
    app.add_url_rule("/who", view_func=public(lambda: str(request.remote_addr)), endpoint="who")
    assert app.test_client().get("/who", headers={"X-Forwarded-For": FORWARDED}).text == seen
