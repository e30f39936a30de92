"""python -m services.notifications <command>."""

from shared.running.entry import enter

enter("services.notifications")
