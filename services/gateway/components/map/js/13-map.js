// A map in an element: <div data-map="ID"> with its facts in <script type="application/json" id="ID">:
// {base, words, homes: [...], areas: [...], isFixed}. Events on the element: "map-area" {key, area, isFinal},
// "map-made" {area}. `element.lintelMap` has show(homes), setAreas([{key, ...}]), look().
(() => {
  const CLOSEST = 15.5;
  const SPECK = 60;
  const SMALL = 420;
  const KINDS = { circle: "circle", polygon: "polygon" };

  const EVERYWHERE = [[35, -12], [60, 20]];

  // areas say where to look, else homes that fit, else where the page says, else what there is
  const view = (map, told, shown, homes) => {
    const near = homes.filter((home) => home.kind !== "other");
    const spots = (near.length || told.view ? near : homes).map((home) => L.latLng(home.at));
    const corners = [...shown.values()].map((each) => each.bounds()).flatMap((each) => [each.getNorthWest(), each.getSouthEast()]);
    const wanted = corners.length ? corners : spots;
    const bounds = wanted.length ? L.latLngBounds(wanted) : L.latLngBounds(told.view ?? told.base.cities[0]?.bounds ?? EVERYWHERE);
    const isSmall = map.getSize().y < SMALL;
    const room = { paddingTopLeft: [36, isSmall ? 16 : 56], paddingBottomRight: [corners.length ? 76 : 36, isSmall ? 84 : 48] };
    map.fitBounds(bounds, { ...(wanted.length ? room : {}), maxZoom: CLOSEST, animate: false });
  };

  const make = (element) => {
    const told = JSON.parse(document.getElementById(element.dataset.map).textContent);
    const { words } = told;
    const map = L.map(element, {
      zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 110, scrollWheelZoom: false, attributionControl: true,
      maxBoundsViscosity: 1, maxBounds: [[-85, -220], [85, 220]], minZoom: 2, tapHold: false,
    });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ position: "bottomleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    const renderer = L.svg({ padding: 0.4 });
    const say = (name, detail) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    const shown = new Map();

    const setAreas = (areas) => {
      for (const each of shown.values()) each.layer.remove();
      shown.clear();
      for (const { key, ...area } of areas) {
        const draw = LintelMap[KINDS[Object.keys(area)[0]]];
        const tell = (changed, isFinal) => say("map-area", { key, area: changed, isFinal });
        if (draw) shown.set(key, draw(map, area, { words, renderer, isFixed: told.isFixed, tell }));
      }
    };

    // the view comes first: panes, outlines and pins measure themselves by it
    const all = [...(told.homes ?? [])];
    const start = told.view ?? told.base.cities[0]?.bounds ?? EVERYWHERE;
    map.fitBounds(start, { animate: false });
    setAreas(told.areas ?? []);
    view(map, told, shown, all);
    LintelMap.base(map, { ...told.base, words });
    const pins = LintelMap.pins(map, words);
    pins.show(all);
    const bar = element.parentElement.querySelector("[data-map-tools]");
    if (bar) LintelMap.tools(map, bar, { words, renderer, made: (area) => say("map-made", { area }) });
    element.lintelMap = {
      leaflet: map, setAreas,
      show: (homes) => pins.show(homes),
      look: (homes = pins.homes()) => view(map, told, shown, homes),
      // moves only where an area would not be seen whole, or as a speck
      reveal: (key) => {
        const bounds = shown.get(key)?.bounds();
        if (!bounds) return;
        const wide = map.project(bounds.getNorthEast()).distanceTo(map.project(bounds.getSouthWest()));
        if (wide < SPECK || !map.getBounds().contains(bounds)) map.fitBounds(bounds, { padding: [60, 60], maxZoom: CLOSEST, animate: false });
      },
    };
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(element);
    element.setAttribute("data-map-ready", "");
    say("map-ready", {});
  };

  const start = (root) => {
    for (const element of root.querySelectorAll("[data-map]:not([data-map-ready])")) make(element);
  };
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:after:swap", () => start(document));
  LintelMap.start = start;
})();
