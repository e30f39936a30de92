"""python -m services.leads <command>."""

from shared.entry import enter

enter("services.leads")
