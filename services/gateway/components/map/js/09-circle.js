// A circle with its centre and edge to take hold of, and its radius beside the edge.
(() => {
  const LEAST = 50;
  const MOST = 200000;
  const ROOM = 74;
  const APART = 30;

  const eastOf = (centre, metres) => {
    const east = 111320 * Math.cos((centre.lat * Math.PI) / 180);
    return L.latLng(centre.lat, centre.lng + metres / east);
  };
  const exact = (value) => Math.round(value * 1e6) / 1e6;

  LintelMap.circle = (map, { circle }, { words, renderer, isFixed, tell }) => {
    let centre = L.latLng(circle.latitude, circle.longitude);
    let metres = circle.radius_km * 1000;
    const ring = L.circle(centre, { radius: metres, renderer, className: "map-area", interactive: false });
    const shown = L.featureGroup([ring]).addTo(map);
    const wire = () => ({
      circle: { ...circle, latitude: exact(centre.lat), longitude: exact(centre.lng), radius_km: Math.round(metres) / 1000 },
    });
    const label = L.marker(eastOf(centre, metres), {
      interactive: false, keyboard: false, zIndexOffset: 3000, icon: L.divIcon({ className: "map-radius", iconSize: [0, 0] }),
    });
    const write = () => {
      const spot = label.getElement();
      spot?.classList.toggle("is-inside", map.latLngToContainerPoint(eastOf(centre, metres)).x > map.getSize().x - ROOM);
      if (spot) spot.replaceChildren(Object.assign(document.createElement("span"), { textContent: LintelMap.metres(metres, words) }));
    };
    const handles = isFixed ? [] : [
      LintelMap.handle(centre, { name: words.moveCircle, kind: "centre", move: (at) => place(at, metres), done: () => tell(wire(), true) }),
      LintelMap.handle(eastOf(centre, metres), {
        name: words.sizeCircle,
        move: (at) => place(centre, Math.min(MOST, Math.max(LEAST, centre.distanceTo(at))), at),
        done: () => { place(centre, metres); tell(wire(), true); },
      }),
    ];
    const place = (at, radius, edge) => {
      [centre, metres] = [L.latLng(at), radius];
      const side = edge ?? eastOf(centre, metres);
      ring.setLatLng(centre).setRadius(metres);
      handles[0]?.setLatLng(centre);
      if (!edge) handles[1]?.setLatLng(side);
      label.setLatLng(side);
      write();
      tell(wire(), false);
    };
    // a circle that is a speck has its edge to hold, and no middle beside it
    const rest = () => {
      const wide = map.latLngToContainerPoint(centre).distanceTo(map.latLngToContainerPoint(eastOf(centre, metres)));
      if (handles[0]) shown[wide < APART ? "removeLayer" : "addLayer"](handles[0]);
      write();
    };
    for (const each of handles) shown.addLayer(each);
    shown.addLayer(label);
    rest();
    map.on("moveend", rest);
    shown.on("remove", () => map.off("moveend", rest));
    return { layer: shown, bounds: () => ring.getBounds() };
  };
})();
