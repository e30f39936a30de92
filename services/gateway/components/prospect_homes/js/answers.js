// Answers to homes: the focus stays where it was, and what is said without a network is kept and sent later.
(() => {
  const KEY = `lintel-answers-${document.body.dataset.portal}`;
  let last = null;

  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const keep = (answers) => localStorage.setItem(KEY, JSON.stringify(answers));
  const formOf = (id) => document.getElementById(`answers-${id}`);

  const show = (id, preference) => {
    const form = formOf(id);
    if (!form) return;
    for (const button of form.querySelectorAll(".answer-bar button")) {
      button.setAttribute("aria-pressed", String(button.classList.contains(preference)));
    }
    const line = form.querySelector(".kept");
    line.textContent = document.body.dataset.kept;
    line.hidden = false;
    line.setAttribute("role", "status");
  };

  const store = (form, button) => {
    const id = form.dataset.answers;
    keep({ ...kept(), [id]: { preference: button.value, wish: form.elements.wish.value } });
    show(id, button.value);
  };

  const send = async () => {
    const waiting = Object.entries(kept());
    if (!waiting.length || !navigator.onLine) return;
    const token = JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"];
    for (const [id, said] of waiting) {
      const headers = { "X-CSRFToken": token, "X-Partial": "1" };
      const answer = await fetch(`/me/homes/${encodeURIComponent(id)}/answer`, {
        method: "POST", headers, body: new URLSearchParams(said),
      });
      if (answer.status === 401 || answer.status >= 500) return;
      const left = kept();
      delete left[id];
      keep(left);
      const line = formOf(id)?.querySelector(".kept");
      if (line) line.hidden = true;
    }
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: document.body.dataset.back } }));
  };
  // no network after all: what is kept stays kept, the next moment online sends it
  const sendKept = () => send().catch((error) => console.info("answers stay here for now:", error.message));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-answers]")) return;
    last = { id: form.dataset.answers, kind: event.submitter?.className.trim() };
    if (navigator.onLine || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    store(form, event.submitter);
  }, true);

  document.addEventListener("htmx:after:swap", () => {
    if (!last || document.querySelector("dialog[open]")) return;
    const form = formOf(last.id);
    const button = last.kind && form?.querySelector(`.answer-bar .${last.kind.split(" ")[0]}`);
    (button || form?.querySelector("button"))?.focus();
  });
  // a sheet that closes gives the focus back to the home that it spoke of
  document.addEventListener("close", (event) => {
    if (event.target.id === "_refusal" && last) formOf(last.id)?.querySelector("button")?.focus();
  }, true);
  // "Done" is a link where there is no script
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("dialog a[data-close]") && !event.target.closest("main")) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-closes]")) event.target.closest("dialog")?.close();
  });

  addEventListener("online", sendKept);
  document.addEventListener("DOMContentLoaded", () => {
    for (const [id, said] of Object.entries(kept())) show(id, said.preference);
    sendKept();
  });
})();
