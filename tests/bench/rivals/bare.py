"""The plainest web service that does the same database work as posting and reading a listing: Flask and pymongo alone.

No tokens, no schemas, no error format, no model: what is left is what the rest is measured against.
"""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask, abort, jsonify, request
from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

from shared.running.settings import Settings

NAME = "bare"
AGENCY = "agency-a"
SNAPSHOT, MAJORITY = ReadConcern("snapshot"), WriteConcern("majority")


def create_app() -> Flask:
    """The application, for the same gunicorn configuration as the real one."""
    settings = Settings.from_env()
    client: MongoClient[dict[str, Any]] = MongoClient(settings.mongo_url, connect=False)
    db = client[settings.database(NAME)]
    app = Flask(__name__)

    @app.post("/v1/listings")
    def create() -> Any:
        listing = {"_id": str(uuid.uuid4()), "agency_id": AGENCY, "version": 1, **request.get_json()}
        with client.start_session() as session:
            session.with_transaction(
                lambda s: _write(s, db, listing), ReadConcern("snapshot"), WriteConcern("majority")
            )
        return jsonify(listing), 201

    @app.get("/v1/listings/<listing_id>")
    def show(listing_id: str) -> Any:
        found = db.listings.find_one({"_id": listing_id, "agency_id": AGENCY})
        return jsonify(found) if found else abort(404)

    return app


def _write(session: ClientSession, db: Any, listing: dict[str, Any]) -> None:
    at = datetime.now(UTC)
    line = {"agency_id": AGENCY, "listing": listing["_id"], "at": at, "version": 1}
    lines = [
        {**line, "_id": str(uuid.uuid4()), "field": name, "previous": None, "new": listing.get(name)}
        for name in ("list_price", "standard_status")
    ]
    event = {"_id": str(uuid.uuid4()), "status": "new", "type": "listing.activated", "sequence": 1, "at": at}
    db.listings.insert_one(listing, session=session)
    db.ledger.insert_many(lines, session=session)
    db.outbox.insert_one(event | {"attempts": 0, "body": json.dumps(listing)}, session=session)
