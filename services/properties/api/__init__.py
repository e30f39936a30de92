"""The HTTP door of properties."""

from services.properties.api import imports, listings

BLUEPRINTS = (listings.blp, imports.blp)
