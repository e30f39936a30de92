"""The JSON API of agencies, members, API clients and tokens."""

from services.gateway.accounts.api import agencies, clients, members, tokens

BLUEPRINTS = (agencies.blp, members.blp, clients.blp, tokens.blp)
