"""gateway: the one door for browsers, and where people and programs get their tokens.

OWNS       Agency, Member, Session, API client, the signing key; no business rule.
PUBLISHES  gateway.agency.changed, gateway.member.changed: the whole state each time.
CONSUMES   what its live page shows: properties.listing.*, matching.matches.found, notifications.delivery.*.
SERVES     browsers (/, /sign-in, /u, /homes, /mailbox); programs (/oauth/token, /.well-known/jwks.json);
           operators and admins (/v1/agencies, /v1/members, /v1/api-clients).
"""
