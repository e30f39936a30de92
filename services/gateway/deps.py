"""The dependencies of the whole gateway: accounts, projections, and clients of other services."""

from __future__ import annotations

from dataclasses import dataclass

from services.gateway.accounts import deps as accounts
from services.gateway.projections import deps as projections
from services.gateway.upstream.http import Upstream
from services.gateway.upstream.maildir import Mailbox
from services.gateway.upstream.supervision import Supervisor
from shared.messaging.bus import Depths


@dataclass(frozen=True)
class GatewayDeps(accounts.Deps, projections.Deps):
    """Everything that pages and event handlers of the gateway use; `mailbox` is None outside a local installation."""

    upstream: Upstream
    mailbox: Mailbox | None
    supervisor: Supervisor
    depths: Depths
