"""The HTTP door of properties."""

from services.properties.api import imports, listings, prices

BLUEPRINTS = (listings.blp, prices.blp, imports.blp)
