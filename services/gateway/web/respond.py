"""Answers of the pages: a page or one block of it, a dialog, and what follows a form."""

from __future__ import annotations

import json

from flask import Response, current_app, flash, make_response, redirect, render_template

from services.gateway.web.blueprint import is_partial


def page(template: str, block: str | None = None, /, *, status: int = 200, **values: object) -> Response:
    """The page; where htmx asks for a part, only `block` of the template.

    A block that is rendered alone sees neither imports nor `set` of the file's top: it imports what it uses itself.
    """
    if block and is_partial():
        return make_response(render_block(template, block, **values), status)
    return make_response(render_template(template, **values), status)


def render_block(template: str, block: str, /, **values: object) -> str:
    """One block of a template as HTML, with everything that the templates of a page know."""
    loaded = current_app.jinja_env.get_template(template)
    known = dict(values)
    current_app.update_template_context(known)
    return "".join(loaded.blocks[block](loaded.new_context(known)))


def blocks(template: str, /, *names: str, **values: object) -> Response:
    """Several blocks of a page in one answer: `out_of_band` lets each ask htmx to put it in its own place."""
    parts = (render_block(template, name, out_of_band=True, **values) for name in names)
    return make_response("".join(parts))


def dialog(template: str, /, *, status: int = 200, **values: object) -> Response:
    """A dialog over the page; without a script, or after a reload, it stands in a page of its own."""
    if is_partial():
        return make_response(render_template(template, **values), status)
    return make_response(render_template("dialog_page.html", part=template, **values), status)


def saved(text: str, to: str, *, undo: str | None = None, answer: Response | None = None) -> Response:
    """Say what was saved: as a toast over this page with `answer` swapped in, else on the page `to`."""
    if is_partial() and answer is not None:
        return toast(answer, text, undo)
    flash(text)
    if not is_partial():
        return make_response(redirect(to, 303))
    moved = make_response("", 200)
    moved.headers["HX-Redirect"] = to
    return moved


def toast(answer: Response, text: str, undo: str | None = None) -> Response:
    """Let the open page show a sentence for a moment; `undo` is a path to POST to."""
    triggers = {"toast": {"text": text, "undo": undo}, "close-dialog": {}, "changed-any": {}}
    answer.headers["HX-Trigger"] = json.dumps(triggers)
    return answer


def see_other(path: str) -> Response:
    """The browser goes on to another page, by GET."""
    return make_response(redirect(path, 303))
