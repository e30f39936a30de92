"""The accounts in MongoDB, one module an aggregate."""

from pymongo import IndexModel

from services.gateway.accounts.store import agencies, api_clients, audit, invitations, members, sessions, sign_in_links

INDEXES: dict[str, list[IndexModel]] = (
    agencies.INDEXES
    | members.INDEXES
    | api_clients.INDEXES
    | sessions.INDEXES
    | sign_in_links.INDEXES
    | invitations.INDEXES
    | audit.INDEXES
)
