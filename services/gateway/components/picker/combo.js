// Fields that find as one types: arrows, Enter and Escape; what is chosen goes into the hidden field beside it.
(() => {
  const parts = (combo) => ({
    input: combo.querySelector("[role=combobox]"),
    kept: combo.querySelector("input[type=hidden]"),
    list: combo.querySelector("[role=listbox]"),
  });
  const options = (list) => [...list.querySelectorAll("[role=option]:not([data-none])")];

  const open = (combo, isOpen) => {
    const { input, list } = parts(combo);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", isOpen ? "true" : "false");
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  };
  const mark = (combo, option) => {
    const { input, list } = parts(combo);
    for (const each of options(list)) each.setAttribute("aria-selected", each === option ? "true" : "false");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const choose = (combo, option) => {
    const { input, kept } = parts(combo);
    input.value = option.dataset.text;
    kept.value = option.dataset.value;
    open(combo, false);
    kept.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const move = (combo, by) => {
    const { list } = parts(combo);
    const all = options(list);
    if (!all.length) return;
    const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
    mark(combo, all[(at + by + all.length) % all.length]);
  };

  document.addEventListener("keydown", (event) => {
    const combo = event.target.closest?.("[data-combo]");
    if (!combo || event.target.getAttribute("role") !== "combobox") return;
    const { input, list } = parts(combo);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return input.dispatchEvent(new Event("open"));
      return move(combo, event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); return open(combo, false); }
    if (event.key !== "Enter") return;
    const chosen = options(list).find((each) => each.getAttribute("aria-selected") === "true");
    if (!list.hidden && chosen) { event.preventDefault(); choose(combo, chosen); }
  });
  document.addEventListener("input", (event) => {
    const combo = event.target.closest?.("[data-combo]");
    if (!combo) return;
    // what was chosen no longer holds once somebody types on
    parts(combo).kept.value = "";
    if (!event.target.value) open(combo, false);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("[data-combo] [role=combobox]")) event.target.select();
  });
  document.addEventListener("focusout", (event) => {
    const combo = event.target.closest?.("[data-combo]");
    if (combo && !combo.contains(event.relatedTarget)) open(combo, false);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest?.("[data-combo] [role=option]");
    if (!option) return;
    event.preventDefault();
    choose(option.closest("[data-combo]"), option);
  });
  // an answer may bring these fields anew while somebody types into the other one: their words stay
  let typing = null;
  document.addEventListener("htmx:before:swap", () => {
    const input = document.activeElement;
    const combo = input?.matches("[role=combobox]") && input.closest("[data-combo]");
    typing = combo && input.value && !parts(combo).kept.value ? { id: input.id, value: input.value } : null;
  });
  const goOnTyping = ({ id, value }) => {
    const input = document.getElementById(id);
    if (!input || input.value === value) return;
    input.focus();
    input.value = value;
    input.dispatchEvent(new Event("open"));
  };
  document.addEventListener("htmx:after:swap", () => {
    if (typing) goOnTyping(typing);
    typing = null;
    const combo = document.activeElement?.closest?.("[data-combo]");
    if (combo && options(parts(combo).list).length) open(combo, true);
  });
})();
