// Looks while somebody types: the last question wins; while something cannot be read the last good answer stays, dimmed.
(() => {
  const PAUSE = 120;
  const SAID_AFTER = 600;
  let waiting;
  let asked;
  let saying;

  const faultOf = (name) => document.querySelector(`[data-fault="${CSS.escape(name)}"]`);
  const fieldOf = (name) => document.getElementById(`f-${name}`);

  const tellFaults = (faults) => {
    for (const spot of document.querySelectorAll("[data-fault]")) {
      const sentence = faults[spot.dataset.fault] ?? "";
      spot.hidden = !sentence;
      spot.querySelector("span").textContent = sentence;
      const field = fieldOf(spot.dataset.fault);
      field?.closest(".field")?.classList.toggle("has-fault", Boolean(sentence));
      if (sentence) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
    const stray = Object.entries(faults).find(([name]) => !faultOf(name))?.[1];
    const note = document.querySelector("[data-stale]");
    if (note && stray) note.textContent = stray;
  };

  const dim = (isStale) => {
    const found = document.getElementById("_found");
    found.classList.toggle("is-stale", isStale);
    const note = found.querySelector("[data-stale]");
    if (note) note.hidden = !isStale;
  };

  // a screen reader hears the figures once they have settled
  const say = () => {
    const spot = document.querySelector("[data-said]");
    if (!spot) return;
    const text = spot.textContent;
    spot.textContent = "";
    clearTimeout(saying);
    saying = setTimeout(() => { spot.textContent = text; }, SAID_AFTER);
  };

  const take = async (answer) => {
    if (answer.status === 401) return LintelWishes.atDoor(answer);
    if (answer.status === 422) {
      tellFaults(await answer.json());
      return dim(true);
    }
    if (!answer.ok) return dim(true);
    const html = await answer.text();
    tellFaults({});
    LintelWishes.swap(html, ["_found"]);
    return say();
  };

  LintelWishes.look = async () => {
    clearTimeout(waiting);
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    try {
      const answer = await LintelWishes.send(LintelWishes.form().dataset.preview, LintelWishes.data(), mine.signal);
      if (mine === asked) await take(answer);
    } catch (error) {
      // an answer that was overtaken is no fault; without a connection the last good one stays
      if (error.name !== "AbortError") dim(true);
    }
  };
  LintelWishes.soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(LintelWishes.look, PAUSE);
  };

  const notCriteria = new Set(["name", "add_word", "add_place", "add_kind", "alerts", "valid_until", "alert_possible"]);
  const heard = (event) => {
    const field = event.target;
    if (field.form !== LintelWishes.form() || !(field.name || field.dataset.range)) return;
    if (!field.name?.startsWith("add_")) LintelWishes.changed();
    if (!notCriteria.has(field.name)) LintelWishes.soon();
  };
  document.addEventListener("input", heard);
  document.addEventListener("change", heard);
})();
