// Fields with a second way to be set: steppers, the price slider, levels that show their weight.
(() => {
  const bubble = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
  const locale = () => document.documentElement.lang;

  const step = (button) => {
    const field = button.parentElement.querySelector("input");
    const now = Number.parseInt(field.value, 10);
    const next = (Number.isNaN(now) ? 0 : now) + Number(button.dataset.step);
    field.value = next > 0 ? next : "";
    bubble(field);
  };

  // the slider writes the field; a typed figure moves the slider and the bars
  const slide = (range) => {
    const field = document.getElementById(`f-${range.dataset.range}`);
    field.value = new Intl.NumberFormat(locale()).format(range.valueAsNumber);
    colour(range);
  };
  const colour = (range) => {
    for (const bar of range.parentElement.querySelectorAll("[data-from]")) {
      bar.classList.toggle("on", Number(bar.dataset.from) <= range.valueAsNumber);
    }
    range.style.setProperty("--share", `${(100 * range.valueAsNumber) / (Number(range.max) || 1)}%`);
    const shown = document.querySelector(`[data-shows="${range.dataset.range}"]`);
    const field = document.getElementById(`f-${range.dataset.range}`);
    if (shown) shown.textContent = field.value || shown.dataset.none;
  };

  const CLASSES = { must: "must", strong: "strong-wish", wont: "wont" };
  const weigh = (select) => {
    select.classList.remove(...Object.values(CLASSES));
    if (CLASSES[select.value]) select.classList.add(CLASSES[select.value]);
  };

  // new bars come with an answer; the slider that is held is left alone
  const renew = () => {
    const fresh = document.querySelector("#_found [data-supply]");
    const old = document.getElementById("_supply");
    if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(fresh.content.firstElementChild.cloneNode(true));
    document.querySelectorAll("[data-range]").forEach(colour);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-step]");
    if (button) step(button);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches?.("[data-range]")) slide(event.target);
  }, true);
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-level]")) weigh(event.target);
  });
  // Enter in a field that adds something adds it, and does not save
  document.addEventListener("keydown", (event) => {
    const act = event.target.dataset?.enter;
    if (event.key !== "Enter" || !act) return;
    event.preventDefault();
    document.querySelector(`button[name=act][value="${act}"]`)?.click();
  });
  document.addEventListener("wishes-swapped", renew);
  document.addEventListener("DOMContentLoaded", renew);
})();
