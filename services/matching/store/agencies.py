"""What matching knows of agencies."""

from __future__ import annotations

from shared.storage.mongo import Projection


class AgencyStore(Projection):
    """An agency's defaults."""

    COLLECTION = "agencies"
    THING = "agency"
