"""Handing over to real mail servers: every way it can end, and what may be said about it afterwards."""

from __future__ import annotations

import ssl

import pytest

from services.notifications.channels.email.connection import CannotConnect, connect
from services.notifications.channels.email.relay import Relay, relay_of
from services.notifications.channels.email.smtp import EmailChannel, Mail, State


class Marks:
    """Counts how often the moment before the final dot came, and may spoil it."""

    def __init__(self, then=None) -> None:
        self.count, self.then = 0, then

    def __call__(self) -> None:
        self.count += 1
        if self.then:
            self.then()


@pytest.fixture
def marks():
    return Marks()


@pytest.fixture
def sender_to():
    made = []

    def make(office, timeout=5.0, **options):
        made.append(EmailChannel(f"smtp://127.0.0.1:{office.port}?starttls=off", timeout, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def hand(sender, letter, marks, recipient="eva@example.com"):
    return sender.hand_over(Mail(letter, "bounces@example.com", recipient), marks)


def test_an_accepted_mail_arrives_whole(open_office, sender_to, letter, marks):
    office = open_office()
    outcome = hand(sender_to(office), letter, marks)
    assert (outcome.state, outcome.code, marks.count) == (State.ACCEPTED, 250, 1)
    (arrived,) = office.handler.letters
    assert (arrived.mail_from, arrived.rcpt_tos) == ("bounces@example.com", ["eva@example.com"])
    assert arrived.original_content == letter.as_bytes()


def test_nothing_is_delivered_while_the_final_dot_is_held_back(open_office, sender_to, letter):
    office = open_office()
    seen = []
    hand(sender_to(office), letter, Marks(lambda: seen.append(len(office.handler.letters))))
    assert seen == [0]
    assert len(office.handler.letters) == 1


@pytest.mark.parametrize(
    "error", [RuntimeError("lease lost"), ConnectionResetError("database away"), KeyboardInterrupt()]
)
def test_an_error_before_the_final_dot_is_passed_on_and_nothing_is_delivered(
    open_office, sender_to, letter, marks, error
):
    office, sender = open_office(), None
    sender = sender_to(office)

    def spoil():
        raise error

    with pytest.raises(type(error)):
        hand(sender, letter, Marks(spoil))
    assert office.handler.letters == []
    assert hand(sender, letter, marks).state is State.ACCEPTED
    assert len(office.handler.letters) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("answer", "state"), [("451 later", State.DEFERRED), ("550 never", State.REFUSED), ("421 closing", State.DEFERRED)]
)
def test_a_refusal_at_any_step_is_told_as_it_is(open_office, sender_to, letter, marks, step, answer, state):
    office = open_office()
    office.handler.answers[step] = answer
    sender = sender_to(office)
    outcome = hand(sender, letter, marks)
    assert (outcome.state, outcome.code) == (state, int(answer[:3]))
    assert outcome.reason == f"{step}: {answer[4:]}"
    assert marks.count == (step == "DOT")
    office.handler.answers.clear()
    assert hand(sender, letter, marks).state is State.ACCEPTED


def test_a_server_that_wants_an_account_defers_since_the_fault_is_ours(open_office, sender_to, letter, marks):
    office = open_office()
    office.handler.answers["MAIL"] = "530 authentication required"
    assert hand(sender_to(office), letter, marks).state is State.DEFERRED


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_line_broken_before_the_dot_is_a_safe_retry(open_office, sender_to, letter, marks, step):
    office = open_office()
    office.handler.drops.add(step)
    outcome = hand(sender_to(office), letter, marks)
    assert (outcome.state, outcome.code, marks.count) == (State.DEFERRED, None, 0)


def test_a_line_broken_after_the_dot_is_unclear(open_office, sender_to, letter, marks):
    office = open_office()
    office.handler.drops.add("DOT")
    outcome = hand(sender_to(office), letter, marks)
    assert (outcome.state, marks.count) == (State.UNCLEAR, 1)


def test_a_line_broken_while_the_dot_is_held_back_is_unclear_since_the_mark_stands(open_office, sender_to, letter):
    office = open_office()
    outcome = hand(sender_to(office), letter, Marks(office.cut_lines))
    assert outcome.state is State.UNCLEAR
    assert office.handler.letters == []


@pytest.mark.parametrize(("step", "state"), [("RCPT", State.DEFERRED), ("DOT", State.UNCLEAR)])
def test_a_server_that_hangs_is_left_in_time(open_office, sender_to, letter, marks, step, state):
    office = open_office()
    office.handler.pauses[step] = 30
    assert hand(sender_to(office, timeout=0.3), letter, marks).state is state


def test_a_slow_server_is_waited_for(open_office, sender_to, letter, marks):
    office = open_office()
    office.handler.pauses.update(MAIL=0.1, RCPT=0.1, DOT=0.1)
    assert hand(sender_to(office), letter, marks).state is State.ACCEPTED


@pytest.mark.parametrize("answer", ["999 what", "hello", "354 more", "250" + "x" * 9000])
def test_an_answer_to_the_dot_that_nobody_understands_is_unclear(open_office, sender_to, letter, marks, answer):
    office = open_office()
    office.handler.answers["DOT"] = answer
    outcome = hand(sender_to(office), letter, marks)
    assert (outcome.state, marks.count) == (State.UNCLEAR, 1)


def test_one_line_carries_many_mails(open_office, sender_to, letter, marks):
    office = open_office()
    sender = sender_to(office)
    assert {hand(sender, letter, marks).state for _ in range(20)} == {State.ACCEPTED}
    assert office.handler.greetings == 1
    assert len(office.handler.letters) == marks.count == 20


def test_a_refused_recipient_does_not_stain_the_next_mail(open_office, sender_to, letter, marks):
    office = open_office()
    sender = sender_to(office)
    office.handler.answers["RCPT"] = "550 unknown"
    hand(sender, letter, marks)
    office.handler.answers.clear()
    hand(sender, letter, marks, "ann@example.com")
    assert [arrived.rcpt_tos for arrived in office.handler.letters] == [["ann@example.com"]]
    assert office.handler.greetings == 1


def test_a_line_that_died_while_idle_is_dialled_again_without_a_failure(open_office, sender_to, letter, marks):
    office = open_office()
    sender = sender_to(office)
    hand(sender, letter, marks)
    office.cut_lines()
    assert hand(sender, letter, marks).state is State.ACCEPTED
    assert (office.handler.greetings, marks.count) == (2, 2)


def test_a_line_idle_for_too_long_is_not_trusted(open_office, sender_to, letter, marks):
    office = open_office()
    sender = sender_to(office, idle_seconds=0.0)
    hand(sender, letter, marks)
    hand(sender, letter, marks)
    assert office.handler.greetings == 2


def test_a_server_that_was_restarted_gets_the_next_mail(open_office, sender_to, letter, marks):
    first = open_office()
    sender = sender_to(first)
    hand(sender, letter, marks)
    first.cut_lines()
    first.stop()
    assert hand(sender, letter, marks).state is State.DEFERRED
    second = open_office(port=first.port)
    assert hand(sender, letter, marks).state is State.ACCEPTED
    assert len(second.handler.letters) == 1


def test_an_address_outside_ascii_needs_a_server_that_takes_it(open_office, sender_to, letter, marks):
    plain, modern = open_office(enable_SMTPUTF8=False), open_office()
    assert hand(sender_to(plain), letter, marks, "žan@example.com").state is State.REFUSED
    assert hand(sender_to(modern), letter, marks, "žan@čebela.example").state is State.ACCEPTED
    assert modern.handler.letters[0].rcpt_tos == ["žan@xn--ebela-gya.example"]
    assert "SMTPUTF8" in modern.handler.letters[0].mail_options


@pytest.mark.parametrize("address", ["", "eva", "eva@example.com>\r\nDATA", "a b@example.com", "\ud800@example.com"])
def test_an_address_that_is_none_never_reaches_the_server(open_office, sender_to, letter, marks, address):
    office = open_office()
    assert hand(sender_to(office), letter, marks, address).state is State.REFUSED
    assert (office.handler.greetings, marks.count) == (0, 0)


def test_starttls_is_used_when_offered_and_the_account_signs_in(open_office, letter, marks, tls, only_eva):
    office = open_office(tls_context=tls[0], require_starttls=True, authenticator=only_eva, auth_required=True)
    sender = EmailChannel(f"smtp://eva%40corp:p%2Fss%3Aw%25rd@localhost:{office.port}", 5, tls=tls[1])
    assert hand(sender, letter, marks).state is State.ACCEPTED
    sender.close()


def test_a_wrong_password_defers_and_is_not_repeated_in_the_reason(open_office, letter, marks, tls, only_eva):
    office = open_office(tls_context=tls[0], authenticator=only_eva, auth_required=True)
    outcome = hand(EmailChannel(f"smtp://eva:geheim99@localhost:{office.port}", 5, tls=tls[1]), letter, marks)
    assert (outcome.state, outcome.code) == (State.DEFERRED, 535), outcome
    assert "geheim99" not in outcome.reason


def test_required_starttls_that_is_not_offered_sends_nothing(open_office, letter, marks):
    office = open_office()
    outcome = hand(EmailChannel(f"smtp://127.0.0.1:{office.port}?starttls=required", 5), letter, marks)
    assert outcome.state is State.DEFERRED
    assert "STARTTLS" in outcome.reason
    assert office.handler.letters == []


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(open_office, letter, marks, tls):
    office = open_office(tls_context=tls[0])
    outcome = hand(EmailChannel(f"smtp://localhost:{office.port}", 5), letter, marks)
    assert (outcome.state, marks.count) == (State.DEFERRED, 0)
    assert office.handler.letters == []


def test_smtps_speaks_tls_from_the_first_byte(open_office, letter, marks, tls):
    office = open_office(ssl_context=tls[0], server_hostname="localhost")
    sender = EmailChannel(f"smtps://localhost:{office.port}", 5, tls=tls[1])
    assert hand(sender, letter, marks).state is State.ACCEPTED
    sender.close()


def test_a_password_does_not_cross_the_network_in_clear(open_office, only_eva):
    class Elsewhere(Relay):
        is_loopback = False

    office = open_office(authenticator=only_eva, auth_require_tls=False)
    relay = Elsewhere("127.0.0.1", office.port, user="eva@corp", password="geheim99")
    with pytest.raises(CannotConnect, match="clear"):
        connect(relay, 5, ssl.create_default_context())
    assert "geheim99" not in repr(relay)


def test_a_server_elsewhere_is_not_taken_for_this_machine():
    assert not relay_of("smtp://mail.example.com").is_loopback
    assert relay_of("smtps://mail.example.com").port == 465


@pytest.mark.parametrize("url", ["", "http://mail", "smtp://", "mail.example.com:25", "smtp://mail?starttls=maybe"])
def test_a_bad_address_of_the_server_is_named(url):
    with pytest.raises(ValueError, match="SMTP_URL"):
        EmailChannel(url)


def test_the_wire_has_crlf_only_and_dots_doubled(open_office, sender_to, letter, marks):
    office = open_office()
    letter.replace_header("Subject", "dots")
    letter.set_payload(".\nbare\r.\r\n.end")
    hand(sender_to(office), letter, marks)
    body = office.handler.letters[0].original_content.split(b"\r\n\r\n", 1)[1]
    assert body == b".\r\nbare\r\n.\r\n.end\r\n"
