"""The worker of imports: a slice of rows with their listings and verdicts in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from services.properties import codes
from services.properties.feeds import decide
from services.properties.feeds.decide import Checked, Outcome
from services.properties.feeds.reading import Reading
from services.properties.feeds.table import Row
from services.properties.handlers import Deps
from services.properties.model import Listing
from services.properties.store.imports import Overtaken
from shared.errors import DomainError
from shared.messaging.inbox import is_outage
from shared.running import context
from shared.storage.mongo import transaction

SLICE = 100
MOST_STARTS = 5
MOST_OPEN = 4
Job = Mapping[str, Any]
log = logging.getLogger(__name__)


class Importer:
    """Works through imports, one slice each turn; after a crash another worker continues at the first unfinished
    row.
    """

    def __init__(self, deps: Deps, owner: str, slice_: int = SLICE) -> None:
        self.deps, self.owner, self.slice = deps, owner, slice_
        self._readings: dict[str, Reading] = {}

    def turn(self) -> bool:
        """Import one slice of the import that has waited longest; false when none waits."""
        job = self.deps.imports.claim(self.owner)
        if job is None:
            return False
        reading = self._readings.pop(job["_id"], None)
        with context.working(job["_id"]):
            if reading is None or reading.done != job["next"]:
                reading = self._open(job)
            try:
                if reading is not None and self._slice(job, reading):
                    self._readings[job["_id"]] = reading
            except Overtaken:
                log.info("another worker goes on with this import")
        return True

    def _slice(self, job: Job, reading: Reading) -> bool:
        """Import the next rows; returns whether more rows follow."""
        if len(self._readings) >= MOST_OPEN:
            self._readings.clear()
        rows, imagined = reading.take(self.slice), dict(reading.overlay)
        ended = len(rows) < self.slice
        try:
            self._commit(job, lambda: self._outcomes(job, reading, rows), ended)
        except Exception as error:
            if is_outage(error) or isinstance(error, Overtaken):
                raise
            reading.overlay = imagined
            self._one_by_one(job, reading, rows, ended)
        return not ended

    def _open(self, job: Job) -> Reading | None:
        imports = self.deps.imports.of(job["agency_id"])
        if imports.count_start(job["_id"]) > MOST_STARTS:
            imports.fail(job, codes.IMPORT_STOPPED(times=MOST_STARTS, row=job["next"] + 1))
            return None
        try:
            reading = Reading(job, imports.content(job["_id"]))
        except DomainError as error:
            imports.fail(job, next(iter(decide.flat(error.errors or error.detail))))
            return None
        if job["dry_run"]:
            self._outcomes(job, reading, reading.behind())
        return reading

    def _commit(self, job: Job, judge: Callable[[], list[Outcome]], ended: bool) -> None:
        imports = self.deps.imports.of(job["agency_id"])
        # a dry run keeps its imagined listings, so a transaction that is retried must not add them twice
        imagined = judge() if job["dry_run"] else None

        def work() -> None:
            outcomes = judge() if imagined is None else imagined
            imports.advance(job, [outcome.document() for outcome in outcomes], ended)

        transaction(imports.db.client, work)

    def _one_by_one(self, job: Job, reading: Reading, rows: Sequence[Row], ended: bool) -> None:
        """Save the rows of a slice one by one, so that one broken row does not stop the others."""
        for place, row in enumerate(rows):
            at = {**job, "next": job["next"] + place}
            last = ended and row is rows[-1]
            try:
                self._commit(at, partial(self._outcomes, job, reading, [row]), last)
            except Exception as error:
                if is_outage(error) or isinstance(error, Overtaken):
                    raise
                self._commit(at, partial(list, [self._broken(row, reading, error)]), last)

    def _broken(self, row: Row, reading: Reading, error: Exception) -> Outcome:
        if isinstance(error, DomainError):
            return decide.refused(row, error, reading.mapping)
        log.exception("a row broke its import", extra={"count": row.number})
        failed = codes.ROW_FAILED(error=type(error).__name__)
        return Outcome(row.number, "refused", None, None, {"row": [failed]})

    def _outcomes(self, job: Job, reading: Reading, rows: Sequence[Row]) -> list[Outcome]:
        """The outcome of each row, saved unless it is a dry run."""
        listings = self.deps.listings.of(job["agency_id"])
        known = listings.by_references({reading.reference(row) for row in rows}) | reading.overlay
        found: list[Outcome] = []
        pending: dict[str, Listing] = {}
        for row in rows:
            reference = reading.reference(row)
            if reference in pending:
                listings.save_all(pending.values(), job["by"])
                pending.clear()
            outcome = self._judge(job, reading, row, known.get(reference))
            found.append(outcome)
            if outcome.listing is None or outcome.verdict == "unchanged":
                continue
            known[reference] = reading.imagine(outcome.listing) if job["dry_run"] else outcome.listing
            pending |= {} if job["dry_run"] else {reference: outcome.listing}
        listings.save_all(pending.values(), job["by"])
        return found

    def _judge(self, job: Job, reading: Reading, row: Row, current: Listing | None) -> Outcome:
        try:
            found = decide.check(row, reading.mapping)
            if current is not None and (settled := self._settled(job["agency_id"], reading.later(row), current)):
                return Outcome(row.number, "unchanged", found.reference, settled)
            return decide.decide(self.deps, job["agency_id"], found, current)
        except DomainError as error:
            return decide.refused(row, error, reading.mapping)

    def _settled(self, agency_id: str, later: Checked | None, current: Listing) -> Listing | None:
        """The existing listing, if it already equals what the file's last row about it states; None otherwise."""
        if later is None:
            return None
        try:
            outcome = decide.decide(self.deps, agency_id, later, current)
        except DomainError:  # the later row reports it in its own turn
            return None
        return outcome.listing if outcome.verdict == "unchanged" else None
