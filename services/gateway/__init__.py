"""The only door for browsers: it composes pages from the services and holds no business rule.

OWNS       Agency, Member, session, API client
PUBLISHES  agency and member events
CONSUMES   everything it shows live
SERVES     every browser; tokens
"""
