// Dialogs, toasts, and what keeps forms honest: one send a press, the token of the session, the first fault in focus.
(() => {
  const over = () => document.getElementById("over");

  const openNew = (root) => {
    for (const dialog of root.querySelectorAll("dialog[data-modal]:not([open])")) {
      dialog.showModal();
      dialog.addEventListener("close", () => dialog.remove(), { once: true });
    }
    root.querySelector("[data-faults]")?.focus();
  };

  const toast = ({ text, undo }) => {
    const line = document.createElement("div");
    line.className = "toast-line";
    line.append(text);
    if (undo) {
      const button = document.createElement("button");
      button.className = "link";
      button.type = "button";
      button.textContent = document.getElementById("toasts").dataset.undo;
      button.addEventListener("click", () => { htmx.ajax("POST", undo, { target: "#over" }); line.remove(); });
      line.append(button);
    }
    document.getElementById("toasts").append(line);
    fade(line, undo ? 18000 : 6000);
  };
  const fade = (line, wait = 6000) => setTimeout(() => line.remove(), wait);

  const renew = (token) => {
    document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": token }));
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-toast]").forEach((line) => fade(line));
    document.querySelector("main [data-faults]")?.focus();
    // a dialog that stands alone on its page
    for (const dialog of document.querySelectorAll("main dialog[data-modal]")) dialog.show();
  });
  document.addEventListener("htmx:after:swap", () => openNew(document));
  document.addEventListener("toast", (event) => toast(event.detail));
  document.addEventListener("close-dialog", () => over().querySelectorAll("dialog[open]").forEach((d) => d.close()));
  document.addEventListener("signed-in", (event) => {
    renew(event.detail.csrf);
    over().replaceChildren();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target.matches?.("dialog.dialog[open]:not([data-keep])")) event.target.close();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  // a second press while the first is under way does nothing
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method.toLowerCase() !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
  });
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (request.method === "GET") return;
    if (sourceElement.dataset.sent) return event.preventDefault();
    sourceElement.dataset.sent = "1";
    const again = () => delete sourceElement.dataset.sent;
    sourceElement.addEventListener("htmx:finally:request", again, { once: true });
    setTimeout(again, 10000);
  });
})();
