"""python -m services.notifications <command>."""

from services.notifications.app import SERVICE
from shared.cli import main

main(SERVICE)
