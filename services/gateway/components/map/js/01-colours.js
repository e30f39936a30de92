// The page's own colours for what a canvas draws, and word of it when the theme changes.
window.LintelMap = {};
(() => {
  const probe = document.createElement("i");

  // a token such as "--map-land" as the browser resolves it now
  LintelMap.colour = (token) => {
    probe.className = "map-probe";
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };

  LintelMap.onTheme = (tell) => {
    new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  };
})();
