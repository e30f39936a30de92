// The wishes form: asks the server and puts its parts in place. Everything works without this file, page by page.
window.LintelWishes = {};
(() => {
  const PARTS = ["_criteria", "_areas", "_found", "_wishes_notices"];
  const HEADERS = { "X-Partial": "1", "HX-Request": "true", "HX-Request-Type": "partial" };

  LintelWishes.form = () => document.getElementById("wishes");

  LintelWishes.send = (path, data, signal) => fetch(path, { method: "POST", body: data, headers: HEADERS, signal, redirect: "error" });

  LintelWishes.data = (act) => {
    const data = new FormData(LintelWishes.form());
    if (act) data.set("act", act);
    return data;
  };

  // the session ended: the door opens over the page, nothing typed is lost
  LintelWishes.atDoor = async (answer) => {
    const over = document.getElementById("over");
    over.innerHTML = await answer.text();
    htmx.process(over);
    over.querySelector("dialog")?.showModal();
  };

  const focusOf = () => {
    const at = document.activeElement;
    return at && LintelWishes.form().contains(at) ? at.id || null : null;
  };

  // puts the parts of an answered page in the place of ours; the ones taken out are given back, for Undo
  LintelWishes.swap = (html, names = PARTS) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const kept = focusOf();
    const taken = names.flatMap((name) => {
      const [old, fresh] = [document.getElementById(name), page.getElementById(name)];
      if (!old || !fresh) return [];
      old.replaceWith(document.adoptNode(fresh));
      return [{ name, node: old }];
    });
    if (kept) document.getElementById(kept)?.focus({ preventScroll: true });
    LintelWishes.form().dispatchEvent(new CustomEvent("wishes-swapped", { bubbles: true }));
    return taken;
  };

  LintelWishes.restore = (taken) => {
    for (const { name, node } of taken) document.getElementById(name)?.replaceWith(node);
    LintelWishes.form().dispatchEvent(new CustomEvent("wishes-swapped", { bubbles: true }));
  };

  // "Changed, not saved" and the question before one leaves
  let isChanged = false;
  LintelWishes.changed = (words) => {
    isChanged = true;
    const spot = document.querySelector("[data-state]");
    if (!spot) return;
    spot.hidden = false;
    spot.querySelector("span").textContent = words ?? LintelWishes.form().dataset.kept;
  };
  document.addEventListener("submit", (event) => { if (event.target === LintelWishes.form()) isChanged = false; });
  addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
})();
