"""python -m services.leads <command>."""

from services.leads.app import SERVICE
from shared.cli import main

main(SERVICE)
