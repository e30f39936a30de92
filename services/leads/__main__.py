"""python -m services.leads <command>."""

from shared.running.entry import enter

enter("services.leads")
