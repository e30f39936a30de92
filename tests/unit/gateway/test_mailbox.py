"""The local mail catcher's folder, looked at."""

from __future__ import annotations

import mailbox
import os
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from services.gateway.upstream.maildir import Mailbox


def mail(subject: str, html: str | None = "<p>Živjo</p>") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "Marea Homes <homes@example.com>", "eva@example.com", subject
    message["Date"] = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    message["List-Unsubscribe"] = "<https://lintel.example.com/u/abc>"
    message.set_content("Živjo, Eva")
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


@pytest.fixture
def maildir(tmp_path):
    return mailbox.Maildir(tmp_path / "mail")


@pytest.fixture
def put(maildir):
    """Put a mail (or raw bytes) into the folder, a minute after the one before; returns its key."""
    count = iter(range(10_000))

    def put_in(message) -> str:
        key = maildir.add(message if isinstance(message, bytes) else message.as_bytes())
        moment = 1_700_000_000 + 60 * next(count)
        os.utime(Path(maildir._path) / maildir._lookup(key), (moment, moment))
        return key

    return put_in


@pytest.fixture
def box(maildir, tmp_path):
    return Mailbox(tmp_path / "mail")


def test_a_folder_that_is_not_there_is_an_empty_mailbox(tmp_path):
    page = Mailbox(tmp_path / "nowhere").page()
    assert (page.items, page.next_cursor) == ((), None)


def test_the_newest_mail_comes_first_with_its_words_decoded(put, box):
    put(mail("first"))
    key = put(mail("Nov dom: hiša, Žužemberk, 418.000 € in še mnogo več besed, da se vrstica prelomi"))
    line = box.page().items[0]
    assert line.key == key
    assert line.subject == "Nov dom: hiša, Žužemberk, 418.000 € in še mnogo več besed, da se vrstica prelomi"
    assert (line.sender, line.to) == ("Marea Homes <homes@example.com>", "eva@example.com")
    assert line.date == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_pages_follow_one_another_without_gap_or_repeat(put, box):
    for number in range(7):
        put(mail(str(number)))
    told, cursor = [], None
    while True:
        page = box.page(cursor, limit=3)
        told += [line.subject for line in page.items]
        if (cursor := page.next_cursor) is None:
            break
    assert told == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_page_goes_on_although_new_mail_came_in_between(put, box):
    for number in range(4):
        put(mail(str(number)))
    cursor = box.page(limit=2).next_cursor
    put(mail("new"))
    assert [line.subject for line in box.page(cursor, limit=2).items] == ["1", "0"]


def test_one_mail_shows_both_parts_and_every_header(put, box):
    key = put(mail("one"))
    opened = box.message(key)
    assert opened.text.strip() == "Živjo, Eva"
    assert opened.has_html
    assert ("List-Unsubscribe", "<https://lintel.example.com/u/abc>") in opened.headers
    assert box.html_part(key).strip() == "<p>Živjo</p>"


def test_a_mail_without_html_has_none(put, box):
    key = put(mail("plain", html=None))
    assert not box.message(key).has_html
    assert box.html_part(key) is None


def test_a_mail_that_was_read_elsewhere_keeps_its_key(put, box, maildir):
    key = put(mail("seen"))
    message = maildir[key]
    message.set_subdir("cur")
    message.add_flag("S")
    maildir[key] = message
    assert box.message(key).summary.subject == "seen"
    assert [line.key for line in box.page().items] == [key]


@pytest.mark.parametrize(
    "key", ["../secret", "/etc/passwd", "..", ".", "", "new/x", "x\x00y", "%2e%2e/secret", "nobody"]
)
def test_no_key_leads_out_of_the_folder(put, box, tmp_path, key):
    put(mail("inside"))
    (tmp_path / "secret").write_bytes(mail("secret").as_bytes())
    (tmp_path / "mail" / "secret").write_bytes(mail("secret").as_bytes())
    assert box.message(key) is None
    assert box.html_part(key) is None


def test_a_link_inside_the_folder_is_not_followed(put, box, tmp_path):
    (tmp_path / "secret").write_bytes(mail("secret").as_bytes())
    (tmp_path / "mail" / "new" / "link").symlink_to(tmp_path / "secret")
    assert box.message("link") is None
    assert box.page().items == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe no header at all",
        b"Subject: =?no-such-charset?b?AAAA?=\r\nDate: yesterday\r\nFrom: <<>>,;\r\n\r\nbody",
        b"Subject: =?utf-8?b?A?=\r\nTo: \xff\xfe\r\n\r\n\xff",
        b"Content-Type: text/html; charset=no-such\r\n\r\n<p>\xff</p>",
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n--x--",
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
    ],
)
def test_a_broken_mail_is_shown_as_far_as_it_goes(put, box, raw):
    key = put(raw)
    assert [line.key for line in box.page().items] == [key]
    opened = box.message(key)
    told = opened.text + (box.html_part(key) or "") + opened.summary.subject + opened.summary.to + opened.summary.sender
    assert isinstance(told.encode("utf-8"), bytes)
    assert opened.summary.date is None
