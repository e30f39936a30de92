"""The page about the prospect: alerts, language, consents with their wording and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.pages.portal.you import wordings
from services.gateway.pages.portal.you.read import YouReply
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Consent, CurrentConsent, OwnContact
from services.gateway.upstream.matching import SavedSearch
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import label, word_of
from shared.vocabulary.consents import CHANNELS, CONSENT_PURPOSES, CONSENT_STATES
from shared.vocabulary.criteria import ALERT_FREQUENCIES

ALERTS = ALERT_FREQUENCIES.codes


@dataclass(frozen=True)
class ConsentRow:
    """A consent as it is now: `text` says what for and how, `wording` the sentence that is consented to."""

    purpose: str
    channel: str
    text: str
    wording: str
    is_given: bool
    is_withdrawn: bool
    is_offered: bool

    @classmethod
    def from_reply(cls, consent: CurrentConsent) -> ConsentRow:
        """A consent as leads has it."""
        pair = (consent["purpose"], consent["channel"])
        wording = wordings.wordings().get(wordings.version_of(*pair) or "", "")
        state = consent["state"]
        return cls(
            *pair, _subject(*pair), wording, consent["allowed"], state == "withdrawn", wordings.is_offered(*pair)
        )

    @property
    def state(self) -> str:
        """Whether the consent is given."""
        code = "granted" if self.is_given else "withdrawn" if self.is_withdrawn else "none"
        return label(CONSENT_STATES, code)

    @property
    def action(self) -> str:
        """What the row's button does, for those who do not see its row."""
        text = _("Withdraw: %(what)s") if self.is_given else _("Give consent: %(what)s")
        return text % {"what": self.text}


@dataclass(frozen=True)
class HistoryLine:
    """A consent that was given or withdrawn, when, where, and by which wording."""

    text: str
    state: str
    at: str
    source: str
    wording: str

    @classmethod
    def from_reply(cls, consent: Consent) -> HistoryLine:
        """A consent as leads recorded it."""
        state = word_of(CONSENT_STATES, consent["state"])
        source = _("on your own page") if consent["source"] == wordings.SOURCE else consent["source"] or ""
        version = consent["wording_version"]
        wording = wordings.wordings().get(version) or _("Text %(version)s") % {"version": version} if version else ""
        return cls(_subject(consent["purpose"], consent["channel"]), state, consent["at"], source, wording)


@dataclass(frozen=True)
class YouPage:
    """What the prospect has decided; a part is Unavailable where its service does not answer."""

    contact: OwnContact | Unavailable
    wishes: Sequence[SavedSearch] | Unavailable
    consents: Sequence[ConsentRow] | Unavailable
    history: Sequence[HistoryLine]

    @property
    def has_no_alert_consent(self) -> bool:
        """Whether no mail about new homes leaves, since the prospect has not consented to it."""
        rows = () if isinstance(self.consents, Unavailable) else self.consents
        return any(not row.is_given for row in rows if (row.purpose, row.channel) == ("alerts", "email"))


def you_page(reply: YouReply) -> YouPage:
    """The page of what the services know; consents that are neither offered nor were ever given are left out."""
    consents: Sequence[ConsentRow] | Unavailable
    if isinstance(reply.consents, Unavailable):
        consents = reply.consents
    else:
        rows = [(each["state"], ConsentRow.from_reply(each)) for each in reply.consents]
        consents = [row for state, row in rows if row.is_offered or state != "none"]
    history = () if isinstance(reply.history, Unavailable) else reply.history
    return YouPage(reply.contact, reply.wishes, consents, [HistoryLine.from_reply(each) for each in history])


def _subject(purpose: str, channel: str) -> str:
    """What a consent is for, and by which channel."""
    return f"{label(CONSENT_PURPOSES, purpose)}, {word_of(CHANNELS, channel)}"
