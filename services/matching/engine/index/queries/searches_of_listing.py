"""Listing -> searches: every search of the agency that a listing meets, scored, from columns alone."""

from __future__ import annotations

import numpy as np

from services.matching.engine.criteria import FULL, HARD_WORD
from services.matching.engine.evaluate import WEIGHT
from services.matching.engine.index.agency import View
from services.matching.engine.index.grids.stabbing import Stabbing, whole
from services.matching.engine.index.queries import rules
from services.matching.engine.index.queries.index_matches import IndexMatches
from services.matching.engine.index.tables.boxes import micro
from services.matching.engine.index.tables.codes import NONE
from services.matching.engine.index.tables.columns import Array, Rows, run_sums, spread
from services.matching.engine.index.tables.search_table import (
    A_PRICE,
    A_SIZE,
    ANYWHERE,
    CIRCLE,
    CLASSES,
    HIGH,
    LOW,
    MIGHT,
    MUST,
    PLACE,
    POLYGON,
    STRONG,
    TYPE,
    UNBOUNDED,
    WIDTH,
    WONT,
    WOULD,
    SearchTable,
    place_key,
)
from services.matching.engine.records.facts import TRANSACTIONS, Listing
from services.matching.engine.records.numeric import NUMERIC
from services.matching.engine.world import World

CLASS_WEIGHT = {MUST: HARD_WORD, WONT: HARD_WORD, STRONG: 3, WOULD: 2, MIGHT: 1}
# The bit position of each share in the packed sum over a search's words.
STATED, KNOWN, SATISFIED, FAILED, UNSURE, TYPES, TYPE_FITS = 0, 12, 24, 36, 45, 54, 61
WEIGHTS_MASK, COUNT_MASK, TYPES_MASK = (1 << 12) - 1, (1 << 9) - 1, (1 << 7) - 1
_RANK = np.int64(2048)
_ALL_EIGHT = np.uint64(0x0101010101010101)


class SearchesOf:
    """The query of one listing on a view of the searches; `only` returns matches alone, which is faster."""

    def __init__(self, view: View[SearchTable, Stabbing], listing: Listing, world: World, only: bool = False) -> None:
        self.view, self.table, self.listing, self.world, self.only = view, view.table, listing, world, only
        self.prices = self._prices()

    def candidates(self) -> Rows:
        """The areas that may hold the listing: a superset of the matches, narrowed by place and price."""
        listing, grid = self.listing, self.view.grid
        if listing.standard_status != "active":
            return np.empty(0, np.int64)
        x = None if listing.longitude is None else micro(listing.longitude)
        y = None if listing.latitude is None else micro(listing.latitude)
        tail = np.arange(grid.areas, self.table.areas.size)
        parts = [tail, *self._unsure_areas()]
        for group, currency in grid.groups(TRANSACTIONS.index(listing.transaction)):
            price = int(self.prices[currency + 1])
            parts.append(grid.at(group, None if price < 0 else whole(price), x, y, self._places()))
        areas = np.concatenate(parts)
        return areas[self.table.areas["row"].take(areas) < self.view.rows]

    def answer(self) -> IndexMatches:
        """Every search that the listing meets, with kind, score and confidence; in no order."""
        rows, areas = self._promising(self.candidates())
        rows, ledger = self._located(rows, areas, None if self.only else self._graded(rows))
        self._worded(rows, ledger)
        kinds = ledger.kinds()
        met = np.flatnonzero(kinds == rules.MATCH if self.only else kinds != rules.NO_MATCH)
        ledger.keep(met)
        scores, confidences = ledger.totals()
        return IndexMatches(self.table.ids, self.table.rows["sequence"], rows[met], kinds[met], scores, confidences)

    def _prices(self) -> Array:
        """The price in every currency of the agency, at the currency's number + 1; -1 where not known."""
        price, currencies = self.listing.figures.price, self.table.words.currencies
        prices = np.full(len(currencies) + 1, NONE, np.int64)
        for number, currency in enumerate(list(currencies.keys)):
            rate = 1.0 if currency == self.listing.currency else self.world.rates.rate(self.listing.currency, currency)
            if price is not None and rate is not None:
                same = currency == self.listing.currency
                prices[number + 1] = price if same else rules.convert(np.float64(price), rate)
        return prices

    def _facts(self) -> dict[int, list[int]]:
        """The place numbers of the listing by the field that a search's place may ask for."""
        listing, find = self.listing, self.table.words.places.find
        facts = {
            0: (("city", listing.city),),
            1: (("postal_code", listing.postal_code),),
            2: (("name", listing.city), ("name", listing.state_or_province)),
        }
        return {
            field: [find(place_key(kind, fact.key)) for kind, fact in words if fact is not None]
            for field, words in facts.items()
        }

    def _places(self) -> list[tuple[int, int]]:
        return sorted({(field, code) for field, codes in self._facts().items() for code in codes if code != NONE})

    def _unsure_areas(self) -> list[Rows]:
        """Areas of the base that cannot be judged because a fact is missing; only possible matches need them."""
        if self.only:
            return []
        base = self.view.grid.areas
        kinds, fields = self.table.areas["kind"][:base], self.table.areas["field"][:base]
        unsure = [np.flatnonzero((kinds == CIRCLE) | (kinds == POLYGON))] if self.listing.point is None else []
        missing = [field for field, codes in self._facts().items() if not codes]
        return unsure + [np.flatnonzero((kinds == PLACE) & (fields == field)) for field in missing]

    def _open(self, rows: Rows) -> Array:
        """Which rows are live and pass every gate."""
        columns, listing, world = self.table.rows, self.listing, self.world
        fits = (columns["died"].take(rows) > self.view.version) & columns["live"].take(rows)
        fits &= columns["transaction"].take(rows) == TRANSACTIONS.index(listing.transaction)
        fits &= columns["until"].take(rows) >= world.today.toordinal()
        barred = {
            *listing.owner_contact_ids,
            *(contact for contact, discarded in world.discarded if discarded == listing.id),
        }
        if barred:
            hashed = np.isin(columns["owner"][rows], [hash(contact) for contact in barred])
            for at in np.flatnonzero(fits & hashed):
                fits[at] = self.table.ids.other(int(rows[at])) not in barred
        return fits

    def _promising(self, areas: Rows) -> tuple[Rows, Rows]:
        """Drop rows that fail on a number or at a gate; with `only` set, also rows that do not pass on every number."""
        rows = self.table.areas["row"].take(areas)
        bounds, limits = self.table.rows["bounds"].take(rows, axis=0), self._limits()
        # Eight one-byte results are compared as one number: several times faster than all(axis=1).
        fits = (bounds[:, :8] <= limits[:8]).view(np.uint64)[:, 0] == _ALL_EIGHT
        fits &= bounds[:, 8] <= limits[8]
        if not self._one_currency():
            fits &= self._affordable(rows)
        kept = np.flatnonzero(fits)
        rows, areas = rows.take(kept), areas.take(kept)
        kept = np.flatnonzero(self._open(rows))
        return rows.take(kept), areas.take(kept)

    def _limits(self) -> Array:
        """The largest value of every bound with which the listing passes or (at the widest tolerance) is near."""
        limits = np.full(WIDTH, UNBOUNDED, np.int64)
        price = int(self.prices[-1]) if self._one_currency() else NONE
        for at, figure in enumerate((price, *self.listing.figures[1:])):
            low, high = LOW[at], HIGH[at]
            if at == 0 and not self._one_currency():
                continue
            known = NONE if figure is None else figure
            if self.only:
                limits[low] = known
            elif known != NONE:
                limits[low] = rules.reach(NUMERIC[at].name, known)
            if high is not None and self.only:
                limits[high] = -UNBOUNDED if known == NONE else -known
        return limits

    def _one_currency(self) -> bool:
        return len(self.prices) == 2

    def _affordable(self, rows: Rows) -> Array:
        """Whether each search's price bounds, in its own currency, are met; always True where near would do."""
        if not self.only:
            return np.ones(len(rows), bool)
        prices = self.prices[self.table.rows["currency"].take(rows) + 1]
        low, high = sides(self.table.rows["bounds"].take(rows, axis=0), 0)
        met: Array = ((low <= prices) & (high >= prices) & (prices >= 0)) | ~rules.stated(low, high)
        return met

    def _passed(self, rows: Rows) -> rules.Ledger:
        """The ledger of searches whose every number passes."""
        ledger = rules.Ledger(len(rows))
        stated = self.table.rows["stated"].take(rows)
        price, size = (stated & A_PRICE) > 0, (stated & A_SIZE) > 0
        ledger.group(WEIGHT["price"], FULL, FULL, price, price)
        ledger.group(WEIGHT["size"], FULL, FULL, size, size)
        return ledger

    def _graded(self, rows: Rows) -> rules.Ledger:
        """The ledger of searches with every number graded."""
        figures = [self.prices[self.table.rows["currency"][rows] + 1]]
        figures += [NONE if figure is None else figure for figure in self.listing.figures[1:]]
        bounds, tolerance = self.table.rows["bounds"][rows], self.table.rows["tolerance"][rows]
        ledger = rules.Ledger(len(rows))
        sizes = rules.Sizes(len(rows))
        for at, (name, *_) in enumerate(NUMERIC):
            low, high = sides(bounds, at)
            states, points = rules.grade(name, low, high, figures[at], tolerance)
            ledger.judge(states)
            stated, known = rules.stated(low, high), states != rules.UNKNOWNS
            if at:
                sizes.add(stated, known, points)
            else:
                ledger.group(WEIGHT["price"], points, FULL * known, stated, stated & known)
        sizes.enter(ledger)
        return ledger

    def _located(self, rows: Rows, areas: Rows, graded: rules.Ledger | None) -> tuple[Rows, rules.Ledger]:
        """Judge the areas; keep each search that passes once, with its best area in the ledger."""
        states, points = self._judged(areas)
        fits = states == rules.PASSES if graded is None else (states != rules.FAILS) & ~graded.failed
        kept = np.flatnonzero(fits)
        ranks = states.take(kept) * _RANK + points.take(kept)
        if (self.table.rows["area_count"].take(rows.take(kept)) > 1).any():
            kept, ranks = _best_of_each(rows, kept, ranks)
        rows, areas = rows.take(kept), areas.take(kept)
        if graded is None:
            ledger = self._passed(rows)
        else:
            ledger = graded
            ledger.keep(kept)
        states, points = ranks // _RANK, ranks % _RANK
        stated, known = self.table.areas["kind"].take(areas) != ANYWHERE, states != rules.UNKNOWNS
        ledger.judge(states)
        ledger.group(WEIGHT["location"], points, FULL * known, stated, stated & known)
        return rows, ledger

    def _judged(self, areas: Rows) -> tuple[Array, Array]:
        columns, listing = self.table.areas, self.listing
        kinds = columns["kind"].take(areas)
        states, points = np.full(len(areas), rules.PASSES), np.full(len(areas), FULL)
        if listing.point is None:
            unknown = (kinds == CIRCLE) | (kinds == POLYGON)
            states[unknown], points[unknown] = rules.UNKNOWNS, 0
        else:
            at = np.flatnonzero(kinds == CIRCLE)
            circles = columns["circle"].take(areas.take(at), axis=0)
            chord = rules.chords(circles, np.array(listing.point))
            states[at], points[at] = rules.circle(chord, circles[:, 3], circles[:, 4])
            at = np.flatnonzero(kinds == POLYGON)
            inside = self.table.polygons.contain(
                columns["ref"].take(areas.take(at)), float(listing.longitude or 0.0), float(listing.latitude or 0.0)
            )
            states[at], points[at] = rules.yes_or_no(inside)
        named = np.flatnonzero(kinds == PLACE)
        fields = columns["field"].take(areas.take(named))
        for field, codes in self._facts().items():
            at = named[fields == field]
            if codes:
                states[at], points[at] = rules.yes_or_no(np.isin(columns["ref"].take(areas.take(at)), codes))
            else:
                states[at], points[at] = rules.UNKNOWNS, 0
        return states, points

    def _worded(self, rows: Rows, ledger: rules.Ledger) -> None:
        """Judge the feature and type words of each search by one packed sum over its words."""
        counts = self.table.rows["word_count"].take(rows).astype(np.int64)
        at, begins = spread(self.table.rows["word_start"].take(rows).astype(np.int64), counts)
        sums = run_sums(self._shares().take(self.table.word_list["word"].take(at)), begins, counts)
        stated, known, satisfied = ((sums >> shift) & WEIGHTS_MASK for shift in (STATED, KNOWN, SATISFIED))
        types, fits = ((sums >> TYPES) & TYPES_MASK) > 0, (sums >> TYPE_FITS) & 1
        ledger.failed |= (sums >> FAILED) & COUNT_MASK > 0
        ledger.unknown += (sums >> UNSURE) & COUNT_MASK
        some = np.maximum(known, 1)
        share = FULL * known // np.maximum(stated, 1)
        ledger.group(WEIGHT["features"], FULL * satisfied // some, share, stated > 0, known > 0)
        if self.listing.property_sub_type is None:
            ledger.unknown += types
            ledger.group(WEIGHT["type"], 0, 0, types, np.zeros(len(rows), bool))
        else:
            ledger.failed |= types & (fits == 0)
            ledger.group(WEIGHT["type"], FULL * fits, FULL, types, types)

    def _shares(self) -> Array:
        """The amount that each word of the agency, in each class, adds to a search's packed sum for this listing."""
        words, listing = self.table.words, self.listing
        shares = np.zeros(max(len(words.features), len(words.types)) * CLASSES + CLASSES, np.int64)
        for group, weight in CLASS_WEIGHT.items():
            shares[group::CLASSES] = weight << STATED
        shares[MUST::CLASSES] += 1 << UNSURE
        shares[TYPE::CLASSES] = 1 << TYPES
        for word in listing.features:
            _tell(shares, words.features.find(word), True)
        for word in listing.features_absent:
            _tell(shares, words.features.find(word), False)
        if listing.property_sub_type and (code := words.types.find(listing.property_sub_type.key)) != NONE:
            shares[code * CLASSES + TYPE] |= 1 << TYPE_FITS
        return shares


def _tell(shares: Array, code: int, present: bool) -> None:
    """Mark a word as known, and whether it satisfies or fails each class."""
    if code == NONE:
        return
    for group, weight in CLASS_WEIGHT.items():
        at = code * CLASSES + group
        satisfied = present is (group != WONT)
        shares[at] = (weight << STATED) | (weight << KNOWN) | ((weight if satisfied else 0) << SATISFIED)
        if not satisfied and group in (MUST, WONT):
            shares[at] |= 1 << FAILED


def sides(bounds: Array, at: int) -> tuple[Array, rules.Numbers]:
    """The lower and the upper bounds of one criterion, the upper ones positive."""
    high = HIGH[at]
    return bounds[:, LOW[at]], UNBOUNDED if high is None else -bounds[:, high]


def _best_of_each(rows: Rows, kept: Rows, ranks: Array) -> tuple[Rows, Array]:
    """One entry a row: the one with the highest rank."""
    order = np.lexsort((-ranks, rows[kept]))
    sorted_rows = rows[kept][order]
    first = np.ones(len(order), bool)
    first[1:] = sorted_rows[1:] != sorted_rows[:-1]
    chosen = order[first]
    return kept[chosen], ranks[chosen]
