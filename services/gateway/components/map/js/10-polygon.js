// An area of straight edges: corners to drag, points between them that become corners, corners that go away.
(() => {
  const APART = 30; // pixels between the middles of two handles of 24
  const FEWEST = 3;
  const exact = (value) => Math.round(value * 1e6) / 1e6;

  const rings = (polygon) => (polygon.type === "MultiPolygon" ? polygon.coordinates.map((each) => each[0]) : [polygon.coordinates[0]]);
  const open = (ring) => ring.slice(0, -1).map(([longitude, latitude]) => L.latLng(latitude, longitude));
  const middle = (a, b) => L.latLng((a.lat + b.lat) / 2, (a.lng + b.lng) / 2);

  // holes and several parts are shown as they are; only a plain polygon is edited here
  const isPlain = (polygon) => polygon.type === "Polygon" && polygon.coordinates.length === 1;

  LintelMap.closed = (corners) => {
    const ring = corners.map((corner) => [exact(corner.lng), exact(corner.lat)]);
    return [...ring, ring[0]];
  };

  LintelMap.polygon = (map, { polygon }, { words, renderer, isFixed, tell }) => {
    const isEdited = !isFixed && isPlain(polygon);
    const corners = open(rings(polygon)[0]);
    const all = isEdited ? [corners] : rings(polygon).map(open);
    const shape = L.polygon(all, { renderer, className: "map-area", interactive: false });
    const shown = L.featureGroup([shape]).addTo(map);
    const grips = L.layerGroup();
    const wire = () => ({ polygon: { ...polygon, coordinates: [LintelMap.closed(corners)] } });
    const redraw = () => { shape.setLatLngs(corners); tell(wire(), false); };
    // handles are made anew at rest; the one that was moved by keys keeps the focus
    const rest = () => {
      const held = document.activeElement?.closest(".map-handle")?.getAttribute("aria-label");
      handles();
      if (held) map.getContainer().querySelector(`.map-handle[aria-label="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
      tell(wire(), true);
    };

    const corner = (at) =>
      LintelMap.handle(corners[at], {
        name: words.corner.replace("{n}", at + 1),
        move: (to) => { corners[at] = to; redraw(); },
        done: rest,
        drop: () => { if (corners.length > FEWEST) { corners.splice(at, 1); redraw(); rest(); } },
      });
    const between = (at) => {
      let added = false;
      return LintelMap.handle(middle(corners[at], corners[(at + 1) % corners.length]), {
        name: words.newCorner, kind: "between", done: rest,
        move: (to) => {
          if (added) corners[at + 1] = to;
          else corners.splice(at + 1, 0, to);
          added = true;
          redraw();
        },
      });
    };
    // no handle over another: corners first, then the points between them where an edge has room
    const handles = () => {
      grips.clearLayers();
      if (!isEdited) return;
      const taken = [];
      const claim = (at) => {
        const point = map.latLngToContainerPoint(at);
        const isFree = taken.every((other) => other.distanceTo(point) >= APART);
        if (isFree) taken.push(point);
        return isFree;
      };
      corners.forEach((at, n) => { if (claim(at)) grips.addLayer(corner(n)); });
      corners.forEach((at, n) => { if (claim(middle(at, corners[(n + 1) % corners.length]))) grips.addLayer(between(n)); });
    };
    shown.addLayer(grips);
    handles();
    map.on("zoomend", handles);
    shown.on("remove", () => map.off("zoomend", handles));
    return { layer: shown, bounds: () => shape.getBounds() };
  };
})();
