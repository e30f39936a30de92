// Parts that look again by themselves: they wait while somebody types or marks text in them, or looks elsewhere.
// Copying what stands in data-copy.
(() => {
  const isBusy = (part) => {
    const focus = document.activeElement;
    const marked = getSelection();
    return (part.contains(focus) && focus.matches("input:not([type=hidden]), textarea, select"))
      || (!marked.isCollapsed && part.contains(marked.anchorNode));
  };
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = event.detail.ctx;
    if (request.method !== "GET" || !sourceElement.hasAttribute("data-freeze")) return;
    if (document.hidden || document.querySelector("dialog[open]") || isBusy(sourceElement)) event.preventDefault();
  });

  // a look that fails is said where it stands
  const late = (isLate) => document.querySelectorAll("[data-polled]").forEach((dot) => {
    dot.classList.toggle("late", isLate);
    const since = new Date().toTimeString().slice(0, 5);
    if (isLate && !dot.dataset.since) dot.textContent = document.body.dataset.late.replace("{time}", dot.dataset.since = since);
    if (!isLate && dot.dataset.since) { delete dot.dataset.since; dot.textContent = document.body.dataset.live; }
  });
  document.addEventListener("htmx:error", () => late(true));
  document.addEventListener("htmx:after:request", (event) => { if (event.detail.ctx.response?.status === 200) late(false); });

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      // no clipboard by plain http: mark it instead, so that a key copies it
      const spot = button.parentElement.querySelector("code, input") ?? button.closest("div").nextElementSibling;
      return spot instanceof HTMLInputElement ? spot.select() : getSelection().selectAllChildren(spot);
    }
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: button.dataset.copied } }));
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
  });
})();
// A colour picked goes into the field beside it.
document.addEventListener("input", (event) => {
  const field = document.getElementById(event.target.dataset?.colourFor ?? "");
  if (!field) return;
  field.value = event.target.value.toUpperCase();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
