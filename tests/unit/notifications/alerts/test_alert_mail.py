"""The built mail, read back the way a mail program reads it."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from html.parser import HTMLParser

import pytest

from services.notifications.alerts.mail import render_alert
from services.notifications.channels.email.content import Agent, Photo, Reason, UnmailableError
from services.notifications.channels.email.plain import one_line
from services.notifications.channels.email.wording import Wording
from shared.vocabulary.i18n import LANGUAGES

ATTACK = 'Eva"\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script>\u202egnp.exe'


class Reader(HTMLParser):
    """Collects what a reader sees and follows."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.images, self.tags, self.labels = "", [], [], set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.labels += [value for name, value in attrs if name == "aria-label"]
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag == "img":
            self.images.append(dict(attrs))

    def handle_data(self, data):
        self.text += data


def read_back(alert):
    raw = render_alert(alert).as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    return message, text, Reader(message.get_body(("html",)).get_content())


def decoded(alert, header):
    """The header as RFC 2047 reads it; the newer parser puts spaces between the encoded words of a name."""
    return str(make_header(decode_header(message_from_bytes(render_alert(alert).as_bytes())[header])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["new", "price", "criteria", "status"])
def test_both_parts_carry_the_same_facts(make_alert, language, way):
    alert = make_alert(recipient__language=language, entered_by=way)
    view = Wording(alert).view()
    _, text, html = read_back(alert)
    facts = [view.label, view.title, view.fit, view.price, view.old_price, *view.facts, view.remarks, view.day, "R-12"]
    facts += [*view.reasons, *view.misses, *view.unknowns]
    facts += ["Owen Mercer", "+44 117 496 0123", "Marea Homes", "14 Welsh Back, Bristol"]
    for fact in facts:
        assert fact in text
        assert fact in html.text
    for link in vars(alert.links).values():
        assert link in text
        assert link in html.links
    assert {alert.links.favorite, alert.links.discard} <= set(html.links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_aloud_has_the_characters_of_what_is_shown(make_alert, language):
    photo = Photo("https://img.example.com/1.jpg", "El ba\u00f1o e\u0301l \u00b7 80\u00a0m\u00b2")
    alert = make_alert(recipient__language=language, entered_by="price", home__photo=photo)
    view = Wording(alert).view()
    _, _, html = read_back(alert)
    assert html.labels == [f"{view.label}: {view.title}"]
    assert photo.alt in [image.get("alt") for image in html.images]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_who_what_when_and_how_to_stop(make_alert, language):
    alert = make_alert(recipient__language=language)
    message, _, _ = read_back(alert)
    assert message["From"].addresses[0].addr_spec == "homes@example.com"
    assert str(message["To"]) == "Eva Novák <eva@example.com>"
    assert message["Reply-To"].addresses[0].addr_spec == "office@example.com"
    assert message["Subject"] == Wording(alert).view().subject
    assert message["Message-ID"] == alert.message_id
    assert message["Date"].datetime == alert.date
    assert message["List-Unsubscribe"] == f"<{alert.links.unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Content-Language"].startswith(language)
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_link_to_stop_stays_in_one_piece_on_the_wire(make_alert):
    alert = make_alert()
    assert f"\r\nList-Unsubscribe: <{alert.links.unsubscribe}>\r\n".encode() in render_alert(alert).as_bytes()


def test_the_mail_is_seven_bit_with_short_lines(make_alert):
    raw = render_alert(make_alert(recipient__language="sl", entered_by="price")).as_bytes()
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "path",
    [
        "recipient__full_name", "agency__name", "agency__from_name", "agency__postal_address", "home__listing_id",
        "home__street_name", "home__place", "agent__display_name", "agent__phone",
    ],
)  # fmt: skip
def test_no_value_breaks_out_of_its_place(make_alert, path):
    raw = render_alert(make_alert(**{path: ATTACK})).as_bytes()
    message, text, html = read_back(make_alert(**{path: ATTACK}))
    # of the head alone: further down a soft line break of the body may fall before any word
    assert b"\r\nBcc:" not in raw.partition(b"\r\n\r\n")[0]
    assert [part["Bcc"] for part in message.walk()] == [None, None, None]
    assert [a.addr_spec for a in message["To"].addresses] == ["eva@example.com"]
    assert "script" not in html.tags
    assert "\u202e" not in text + html.text + str(message["To"]) + str(message["From"]) + str(message["Subject"])


def test_reasons_names_and_remarks_are_text_and_never_markup(make_alert):
    nasty = "<b>&amp; </td></mj-text><mj-include path='/etc/passwd'/> {{ 7*7 }} %(x)s"
    alert = make_alert(
        search_names=(nasty,),
        reasons=(Reason("a", nasty),),
        home__public_remarks={"en": nasty},
        home__photo=Photo("/a.jpg", f'"> {nasty}'),
    )
    _, text, html = read_back(alert)
    assert text.count(nasty) >= 3
    assert html.text.count(nasty) >= 3
    assert html.images[0]["alt"] == f'"> {nasty}'


@pytest.mark.parametrize("name", ["x" * 2048, "ž " * 1024, "משפחת כהן " * 200, "😀" * 512, "\ud800"])
def test_long_foreign_and_broken_names_still_make_a_mail(make_alert, name):
    alert = make_alert(recipient__full_name=name, agency__name=name, search_names=(name,), home__street_name=name)
    message, _, html = read_back(alert)
    assert [a.addr_spec for a in message["To"].addresses] == ["eva@example.com"]
    shown = one_line(name, 70)
    assert decoded(alert, "To") == (f"{shown} <eva@example.com>" if shown else "eva@example.com")
    assert len(message["Subject"]) <= 180
    assert len(html.text) < 20_000


@pytest.mark.parametrize("name", ['O"Neil, Ann (Mrs)', "Đorđević-Štrukelj Žužemberška", "Ann @ Bob", "=?utf-8?q?x?="])
def test_a_name_arrives_as_it_was_given(make_alert, name):
    message, _, _ = read_back(make_alert(recipient__full_name=name, home__street_name=name))
    assert message["To"].addresses[0].display_name == name
    assert message["To"].addresses[0].addr_spec == "eva@example.com"
    assert name.replace("=?", "= ?") in message["Subject"]


def test_a_line_break_hidden_in_an_encoded_word_stays_hidden(make_alert):
    hidden = "=?utf-8?q?x=0D=0ABcc=3A_thief=40example.com?="
    alert = make_alert(recipient__full_name=hidden, agency__name=hidden, home__street_name=hidden)
    assert b"\nBcc" not in render_alert(alert).as_bytes()
    assert read_back(alert)[0]["Bcc"] is None


def test_right_to_left_letters_are_kept(make_alert):
    message, _, _ = read_back(make_alert(recipient__full_name="משפחת כהן"))
    assert message["To"].addresses[0].display_name == "משפחת כהן"


def test_a_home_without_a_picture_has_no_picture_at_all(make_alert):
    for photo in (None, Photo(""), Photo("file:///etc/passwd"), Photo("javascript:alert(1)"), Photo("http://[")):
        assert read_back(make_alert(home__photo=photo))[2].images == []


def test_a_picture_has_its_words_and_an_absolute_address(make_alert):
    (image,) = read_back(make_alert())[2].images
    assert image["src"] == "https://lintel.example.com/media/1.jpg"
    assert image["alt"] == "The house from the street"
    (image,) = read_back(make_alert(home__photo=Photo("https://cdn.example.com/a.jpg")))[2].images
    assert image["alt"] == "Terraced house, Oxford Street"


def test_nothing_but_the_agencys_pictures_would_be_fetched(make_alert):
    html = render_alert(make_alert()).get_body(("html",)).get_content()
    assert "fonts.googleapis" not in html
    assert "<link" not in html
    assert "@import" not in html


def test_without_an_agent_the_agency_answers(make_alert):
    _, text, html = read_back(make_alert(agent=None))
    assert "Questions? Reply to this e-mail." in text
    assert "tel:" not in "".join(html.links)


def test_the_agents_number_can_be_dialled(make_alert):
    assert "tel:+441174960123" in read_back(make_alert())[2].links
    assert "tel:+12" in read_back(make_alert(agent=Agent("Ann", '+1" onclick="x 2')))[2].links


def test_dark_screens_have_their_own_colours_and_a_bad_agency_colour_is_replaced(make_alert):
    html = render_alert(make_alert(agency__colour='red;"><script>')).get_body(("html",)).get_content()
    assert "prefers-color-scheme:dark" in html
    assert "<script" not in html
    assert "#2347B0" in html


@pytest.mark.parametrize(("colour", "ink"), [("#F7D046", "#000000"), ("#2347B0", "#FFFFFF")])
def test_the_button_can_be_read_on_any_agency_colour(make_alert, colour, ink):
    html = render_alert(make_alert(agency__colour=colour)).get_body(("html",)).get_content()
    assert f"background:{colour};color:{ink}" in html


def test_the_largest_sensible_alert_stays_under_the_limit_at_which_mail_is_clipped(make_alert):
    reasons = tuple(Reason(str(n), f"reason {n} " + "long words " * 30) for n in range(40))
    alert = make_alert(reasons=reasons, misses=reasons, unknowns=reasons, search_names=tuple("abcdefghij" * 9))
    assert len(render_alert(alert).get_body(("html",)).get_content().encode()) <= 100_000


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("recipient__address", "eva@example.com\r\nBcc: x@example.com", "recipient.address"),
        ("recipient__address", "eva@example.com, x@example.com", "recipient.address"),
        ("recipient__address", "", "recipient.address"),
        ("agency__from_address", "not an address", "agency.from_address"),
        ("agency__reply_to", "<x@example.com>", "agency.reply_to"),
        ("message_id", "<a@b>\r\nX: y", "message_id"),
        ("links__unsubscribe", "https://a.example/u/x>\r\nX: y", "links.unsubscribe"),
        ("links__home", "javascript:alert(1)", "links.home"),
    ],
)
def test_what_can_never_be_mailed_is_refused_with_its_field(make_alert, path, value, field):
    with pytest.raises(UnmailableError, match=field.replace(".", r"\.")):
        render_alert(make_alert(**{path: value}))


def test_a_date_without_a_zone_is_refused(make_alert):
    alert = make_alert()
    with pytest.raises(UnmailableError, match="date"):
        render_alert(replace(alert, date=alert.date.replace(tzinfo=None)))


def test_a_domain_outside_ascii_is_written_in_ascii(make_alert):
    message, _, _ = read_back(make_alert(recipient__address="eva@čebela.example"))
    assert message["To"].addresses[0].addr_spec == "eva@xn--ebela-gya.example"


def test_the_same_delivery_always_has_the_same_message_id(make_alert):
    assert render_alert(make_alert())["Message-ID"] == render_alert(make_alert(entered_by="price"))["Message-ID"]
