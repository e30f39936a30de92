// Homes on the map: prices as pins, gathered when there are many; homes that do not fit are dots.
// A home is {id, at: [latitude, longitude], kind: "fits" | "near" | "other", text, name, path}.
(() => {
  const MOST = 60;
  const CELL = 76;
  const RANK = { chosen: 3, fits: 2, near: 1 };

  const pin = (home) =>
    L.marker(home.at, {
      keyboard: false, title: home.name, alt: home.name, zIndexOffset: (RANK[home.kind] ?? 0) * 1000, riseOnHover: true,
      icon: L.divIcon({ className: `map-pin ${home.kind}`, html: `<span>${LintelMap.plain(home.text)}</span>`, iconSize: [0, 0] }),
    });

  const crowd = (homes, words) => {
    const at = L.latLngBounds(homes.map((home) => home.at)).getCenter();
    const kind = homes.some((home) => home.kind === "fits") ? "fits" : "near";
    const text = words.homes.replace("{n}", homes.length);
    const mark = L.marker(at, {
      keyboard: false, title: text, alt: text,
      icon: L.divIcon({ className: `map-crowd ${kind}`, html: `<span>${homes.length}</span>`, iconSize: [0, 0] }),
    });
    mark.on("click", () => mark._map.fitBounds(L.latLngBounds(homes.map((home) => home.at)).pad(0.2)));
    return mark;
  };

  const card = (home) => {
    const box = document.createElement("div");
    box.className = "map-card";
    const link = document.createElement("a");
    link.href = home.path;
    link.textContent = home.name;
    const price = document.createElement("b");
    price.textContent = home.price ?? home.text;
    const line = document.createElement("span");
    line.textContent = home.line ?? "";
    box.append(link, price, line);
    return box;
  };

  const gathered = (map, homes) => {
    const cells = new Map();
    for (const home of homes) {
      const { x, y } = map.project(home.at).divideBy(CELL).floor();
      const key = `${x}:${y}`;
      cells.set(key, [...(cells.get(key) ?? []), home]);
    }
    return [...cells.values()];
  };

  LintelMap.pins = (map, words) => {
    const shown = L.layerGroup().addTo(map);
    const dots = L.layerGroup().addTo(map);
    const renderer = L.svg({ padding: 0.3, pane: "overlayPane" });
    let homes = [];
    const single = (home) => {
      const mark = pin(home);
      if (home.path) mark.bindPopup(() => card(home), { closeButton: false, offset: [0, -10] });
      return mark;
    };
    const draw = () => {
      const seen = map.getBounds().pad(0.2);
      const priced = homes.filter((home) => home.kind !== "other" && seen.contains(home.at));
      const groups = priced.length > MOST ? gathered(map, priced) : priced.map((home) => [home]);
      shown.clearLayers();
      for (const group of groups) shown.addLayer(group.length > 1 ? crowd(group, words) : single(group[0]));
    };
    const drawDots = () => {
      dots.clearLayers();
      for (const home of homes.filter((each) => each.kind === "other")) {
        const dot = L.circleMarker(home.at, { renderer, radius: 4.5, className: "map-dot" });
        dot.bindTooltip(LintelMap.plain(home.name ? `${home.name}\u00a0· ${home.text}` : home.text));
        if (home.path) dot.bindPopup(() => card(home), { closeButton: false });
        dots.addLayer(dot);
      }
    };
    map.on("moveend", () => { if (!map._popup?.isOpen()) draw(); });
    return {
      show(given) {
        homes = given.filter((home) => home.at && home.at[0] != null);
        draw();
        drawDots();
      },
      homes: () => homes,
    };
  };
})();
