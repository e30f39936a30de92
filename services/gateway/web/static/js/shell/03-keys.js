// The keyboard: search, going places, moving along rows. Single keys can be turned off on this device.
(() => {
  const OFF = "lintel-keys-off";
  const search = () => document.getElementById("search");
  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open], .leaflet-container");
  let goes = false;

  const openSearch = () => {
    search()?.showModal();
    document.getElementById("search-q")?.select();
  };
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
  const current = () => document.querySelector("[data-row][aria-current]");
  const move = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    for (const row of all) row.removeAttribute("aria-current");
    next.setAttribute("aria-current", "true");
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a")?.focus({ preventScroll: true });
  };
  const press = (key) => {
    const named = `[data-key="${key}"]`;
    const target = (current() ?? rows()[0])?.querySelector(named) ?? document.querySelector(`main ${named}`);
    target?.click();
    return Boolean(target);
  };
  const go = (key) => {
    const way = document.querySelector(`[data-go="${key}"]`);
    if (way) location.href = way.href;
  };

  const act = (event) => {
    if (goes) { goes = false; return go(event.key); }
    switch (event.key) {
      case "/": event.preventDefault(); return openSearch();
      case "?": return document.getElementById("keys")?.showModal();
      case "g": goes = true; return setTimeout(() => { goes = false; }, 1500);
      case "j": return move(1);
      case "k": return move(-1);
      case "c": case "s": case "e": case "x": if (press(event.key)) event.preventDefault();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (localStorage.getItem(OFF) && event.key !== "/") return;
    act(event);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-open-search]")) openSearch();
    if (event.target.closest?.("[data-open-keys]")) document.getElementById("keys")?.showModal();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("keys-on");
    if (!box) return;
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));
  });

  // arrows and Enter in what the search found
  document.addEventListener("keydown", (event) => {
    if (!search()?.open || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const found = [...search().querySelectorAll("[data-found]")];
    const at = found.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "Enter") {
      if (at >= 0) { event.preventDefault(); found[at].click(); }
      return;
    }
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % (found.length || 1);
    found.forEach((each, n) => each.setAttribute("aria-selected", n === next ? "true" : "false"));
    found[next]?.scrollIntoView({ block: "nearest" });
  });
})();
