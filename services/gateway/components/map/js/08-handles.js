// Handles that are dragged with a finger, a mouse, or moved with the arrow keys.
(() => {
  const PACE = 8;
  const ARROWS = { ArrowUp: [0, -PACE], ArrowDown: [0, PACE], ArrowLeft: [-PACE, 0], ArrowRight: [PACE, 0] };

  LintelMap.metres = (metres, words) => {
    const near = metres < 1000;
    const value = near ? Math.round(metres / 10) * 10 : metres / 1000;
    const figure = new Intl.NumberFormat(words.locale, { maximumFractionDigits: near ? 0 : 1 }).format(value);
    return `${figure}\u00a0${near ? "m" : "km"}`;
  };

  // `move(latlng)` while it goes, `done()` at rest, `drop()` where it may be removed
  LintelMap.handle = (at, { name, kind = "", move, done, drop }) => {
    const mark = L.marker(at, {
      draggable: true, keyboard: true, autoPanOnFocus: false, title: name, alt: name, zIndexOffset: 4000,
      icon: L.divIcon({ className: `map-handle ${kind}`, iconSize: [24, 24] }),
    });
    mark.on("drag", () => move(mark.getLatLng()));
    mark.on("dragend", done);
    mark.on("add", () => {
      const element = mark.getElement();
      element.setAttribute("aria-label", name);
      element.addEventListener("keydown", (event) => {
        if (event.key === "Delete" && drop) { event.preventDefault(); return drop(); }
        const step = ARROWS[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        const map = mark._map;
        const next = map.containerPointToLatLng(map.latLngToContainerPoint(mark.getLatLng()).add(step));
        mark.setLatLng(next);
        move(next);
        done();
      });
    });
    if (drop) mark.on("dblclick", (event) => { L.DomEvent.stop(event); drop(); });
    return mark;
  };
})();
