"""python -m services.gateway <command>."""

from shared.running.entry import enter

enter("services.gateway")
