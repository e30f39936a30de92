// The bar of tools over a map: one at a time, pressed again it is put down. "place" leads to the field beside the map.
(() => {
  LintelMap.tools = (map, bar, { words, renderer, made }) => {
    let active = null;
    let end = null;
    const buttons = [...bar.querySelectorAll("[data-tool]")];
    const hint = bar.parentElement.querySelector("[data-tool-hint]");
    const tell = () => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.tool === active));
      if (!hint) return;
      hint.hidden = !active;
      hint.textContent = active ? hint.dataset[active] : "";
    };
    const stop = () => {
      end?.();
      [active, end] = [null, null];
      tell();
    };
    const take = (name) => {
      const again = name === active;
      stop();
      if (again) return;
      const start = LintelMap.TOOLS[name];
      if (!start) return document.getElementById(bar.dataset.place)?.focus();
      active = name;
      end = start(map, { words, renderer, made, stop });
      tell();
    };
    for (const button of buttons) button.addEventListener("click", () => take(button.dataset.tool));
    return { stop };
  };
})();
