// Draws our own outline of a city: water, parks, roads, railways and names, in the page's colours.
(() => {
  const SMALL_STREETS_FROM = 12.4;
  const NAMES_FROM = 11.6;

  // lines under one another in this order; `weight` tells pixels at a zoom, rivers in metres
  const LAYERS = [
    { of: "streets", token: "--map-street", weight: (k) => Math.max(0.8, 1.5 * k), opacity: 0.85, from: SMALL_STREETS_FROM },
    { of: "rail", token: "--map-edge", weight: () => 1.4, dash: "5 4" },
    { of: "minor", token: "--map-edge", weight: (k) => 4.6 * k + 1.4, opacity: 0.55 },
    { of: "minor", token: "--map-street", weight: (k) => 4.2 * k },
    { of: "major", token: "--map-edge", weight: (k) => 6.6 * k + 1.6, opacity: 0.7 },
    { of: "major", token: "--map-street", weight: (k) => 6.4 * k },
  ];

  const lines = (city) => ({
    streets: LintelMap.streets(city),
    rail: city.rail.map((line) => LintelMap.smooth(line)),
    minor: city.minor.map((line) => LintelMap.smooth(line)),
    major: city.major.map((line) => LintelMap.smooth(line)),
  });

  const areas = (rings, token, options) =>
    rings.map((ring) => ({
      path: L.polygon(LintelMap.smoothRing(ring), { ...options, stroke: false, fillOpacity: 1 }),
      style: () => ({ fillColor: LintelMap.colour(token) }),
    }));

  const names = (city) =>
    city.labels.map(({ text, at, kind }) =>
      L.marker(at, {
        pane: "names", interactive: false, keyboard: false, letters: text.length,
        icon: L.divIcon({ className: `map-name ${kind}`, html: `<span>${LintelMap.plain(text)}</span>`, iconSize: [0, 0] }),
      }));

  // of names that would lie over one another the first stays
  const sort = (map, marks) => {
    const taken = [];
    for (const mark of marks) {
      const at = map.latLngToContainerPoint(mark.getLatLng());
      const half = mark.options.letters * 3.2 + 5;
      const box = [at.x - half, at.y - 9, at.x + half, at.y + 9];
      const clashes = taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
      mark.getElement()?.classList.toggle("is-crowded", clashes);
      if (!clashes) taken.push(box);
    }
  };

  LintelMap.plain = (text) => {
    const spot = document.createElement("i");
    spot.textContent = text;
    return spot.innerHTML;
  };

  LintelMap.outline = (map, city) => {
    const options = { renderer: map.baseRenderer, pane: "base", interactive: false, smoothFactor: 0.6 };
    const drawn = lines(city);
    const parts = [
      ...areas(city.parks, "--map-park", options),
      ...areas(city.water, "--map-water", options),
      ...city.rivers.map((river) => ({
        path: L.polyline(LintelMap.smooth(river.points, 3), { ...options, lineCap: "round" }),
        style: () => ({
          color: LintelMap.colour("--map-water"), weight: Math.max(1.2, river.width / LintelMap.metresAPixel(map)),
        }),
      })),
      ...LAYERS.map((layer) => ({
        path: L.polyline(drawn[layer.of], { ...options, dashArray: layer.dash, opacity: layer.opacity ?? 1 }),
        style: (k, zoom) => ({
          color: LintelMap.colour(layer.token), weight: layer.weight(k), stroke: zoom >= (layer.from ?? 0),
        }),
      })),
    ];
    const marks = names(city);
    const shown = L.layerGroup([...parts.map((part) => part.path), ...marks]).addTo(map);
    const dress = () => {
      const zoom = map.getZoom();
      const k = 1.6 ** (zoom - 13);
      for (const part of parts) part.path.setStyle(part.style(k, zoom));
      map.getPane("names").classList.toggle("is-far", zoom < NAMES_FROM);
      sort(map, marks);
    };
    dress();
    map.on("zoomend", dress);
    LintelMap.onTheme(dress);
    return shown;
  };
})();
