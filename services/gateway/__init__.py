"""gateway: the one door for browsers, and where people and programs get their tokens.

OWNS       Agency, Member, invitation, Session, audit of sign-ins, API client, the signing key; no business rule.
PUBLISHES  gateway.agency.changed, gateway.member.changed: the whole state each time; gateway.link.requested.
CONSUMES   what its pages show: properties.listing.*, matching.matches.found, matching.feedback.given,
           notifications.delivery.*; leads.contact.erased.
SERVES     browsers (/, /sign-in, /me, /u, /homes, /mailbox); programs (/oauth/token, /.well-known/jwks.json);
           operators and admins (/v1/agencies, /v1/members, /v1/api-clients).
"""
