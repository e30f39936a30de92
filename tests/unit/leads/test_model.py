"""The rules of a contact."""

from datetime import UTC, datetime, timedelta

import pytest

from services.leads.model import REACHED, TOLD, Consent, Contact, RuleBroken, latest

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def person() -> Contact:
    return Contact("c1", "agency-a", "Ana", "es", "Europe/Madrid", version=1)


def word(state: str, days: int = 0, channel: str = "email") -> Consent:
    return Consent("alerts", channel, state, "form", NOON + timedelta(days=days), NOON)


def test_nothing_said_means_no() -> None:
    assert not person().allows("alerts", "email")


def test_a_word_counts_for_its_own_purpose_and_channel_alone() -> None:
    contact = person()
    contact.note(word("granted"))
    assert contact.allows("alerts", "email")
    assert not contact.allows("alerts", "sms")
    assert not contact.allows("marketing", "email")


def test_of_two_words_the_one_said_later_counts_however_they_were_written_down() -> None:
    earlier, later = word("granted", 0), word("withdrawn", 1)
    assert latest(None, earlier) is earlier
    assert latest(earlier, later) is later
    assert latest(later, earlier) is later


def test_said_at_the_same_moment_the_one_written_down_later_counts() -> None:
    contact = person()
    contact.note(word("granted"))
    contact.note(word("withdrawn"))
    assert not contact.allows("alerts", "email")


def test_every_word_waits_to_be_written_down_even_one_that_does_not_count() -> None:
    contact = person()
    contact.note(word("withdrawn", 1))
    contact.note(word("granted", 0))
    assert [said.state for said in contact.given] == ["withdrawn", "granted"]
    assert [said.state for said in contact.consents] == ["withdrawn"]


def test_only_a_real_change_is_a_change() -> None:
    contact = person()
    contact.change({"full_name": "Ana", "stage": "new"})
    assert not contact.is_unsaved()
    contact.change({"notes": "likes lifts"})
    assert contact.is_unsaved()
    assert not contact.is_news(TOLD | REACHED)
    contact.change({"phone": "+34600123456"})
    assert contact.is_news(REACHED)
    assert not contact.is_news(TOLD)


def test_all_of_a_new_contact_is_news() -> None:
    new = Contact("c1", "agency-a", "Ana", "es", "Europe/Madrid")
    assert new.is_news(TOLD)
    assert new.is_news(REACHED)
    assert new.is_unsaved()


@pytest.mark.parametrize("name", ["id", "agency_id", "version", "consents", "no_such_field"])
def test_what_has_its_own_ways_cannot_be_set(name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        person().change({name: "x"})
    assert refused.value.field == name
