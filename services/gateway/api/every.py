"""Everything that the gateway answers; apart from the composition root, since its worker needs none of it."""

from __future__ import annotations

from services.gateway.api import agencies, clients, members, tokens
from services.gateway.api.pages import (
    acting,
    agency,
    assets,
    consents,
    contacts,
    dead,
    door,
    explaining,
    finding,
    general,
    importing,
    listing,
    listing_acts,
    listings,
    mail,
    me,
    me_door,
    me_home,
    me_wishes,
    me_you,
    programs,
    sending,
    sent,
    services,
    sign_ins,
    today,
    welcome,
    wishes,
)
from services.gateway.api.pages import (
    members as members_page,
)
from services.gateway.api.pages import open as open_pages
from shared.http import dead_entries

JSON_API = (agencies.blp, members.blp, clients.blp, tokens.blp, dead_entries.blp)
PAGES = (
    assets,
    door,
    general,
    today,
    acting,
    consents,
    contacts,
    wishes,
    listings,
    listing,
    listing_acts,
    explaining,
    finding,
    importing,
    sending,
    sent,
    services,
    dead,
    agency,
    members_page,
    programs,
    sign_ins,
    welcome,
    open_pages,
    mail,
    me,
    me_door,
    me_home,
    me_wishes,
    me_you,
)
