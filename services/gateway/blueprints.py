"""Everything that the gateway answers; apart from the composition root, since its worker needs none of it."""

from __future__ import annotations

from services.gateway.accounts.api import agencies, clients, members, tokens
from services.gateway.components.picker import routes as finding
from services.gateway.pages.account import general
from services.gateway.pages.administration.agency import routes as agency
from services.gateway.pages.administration.clients import routes as programs
from services.gateway.pages.administration.members import routes as members_page
from services.gateway.pages.administration.sign_ins import routes as sign_ins
from services.gateway.pages.contacts import acting, consents
from services.gateway.pages.contacts import routes as contacts
from services.gateway.pages.explain import routes as explaining
from services.gateway.pages.imports import routes as importing
from services.gateway.pages.letters import routes as sending
from services.gateway.pages.listing import acts as listing_acts
from services.gateway.pages.listing import routes as listing
from services.gateway.pages.listings import routes as listings
from services.gateway.pages.operations.dead_events import routes as dead
from services.gateway.pages.operations.mailbox import routes as mail
from services.gateway.pages.operations.services import routes as services
from services.gateway.pages.portal.door import routes as me_door
from services.gateway.pages.portal.homes import home as me_home
from services.gateway.pages.portal.homes import routes as me
from services.gateway.pages.portal.wishes import routes as me_wishes
from services.gateway.pages.portal.you import routes as me_you
from services.gateway.pages.public import routes as open_pages
from services.gateway.pages.sent import routes as sent
from services.gateway.pages.sign_in import routes as door
from services.gateway.pages.today import routes as today
from services.gateway.pages.welcome import routes as welcome
from services.gateway.pages.wishes import routes as wishes
from services.gateway.web import assets
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
