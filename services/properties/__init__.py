"""properties: what is for sale or to let.

OWNS       Listing (facts, price and status ledger, pictures, owners); imports from CSV files.
PUBLISHES  properties.listing.activated, .changed, .price_changed, .status_changed: the whole state each time.
CONSUMES   gateway.agency.changed (its currency is the default), leads.contact.erased (an owner is forgotten).
SERVES     agents; /v1/listings and below, /v1/imports.
"""
