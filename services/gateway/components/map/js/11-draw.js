// The tools: a circle by pressing and pulling (or one press), an area corner by corner or in one sweep.
(() => {
  const FAR_ENOUGH = 10;
  const NEAR_FIRST = 16;
  const MOST_CORNERS = 24;

  // listens to one finger or mouse on the map while a tool is chosen; homes and handles do not take it then
  const listen = (map, { press, pull, lift, key }) => {
    const box = map.getContainer();
    const isMap = (event) => !event.target.closest(".leaflet-control, .map-tools, .map-legend");
    const spot = (event) => ({ at: map.mouseEventToLatLng(event), point: map.mouseEventToContainerPoint(event) });
    let held = null;
    const down = (event) => {
      if (!event.isPrimary || event.button > 0 || !isMap(event)) return;
      event.preventDefault();
      event.stopPropagation();
      box.focus({ preventScroll: true });
      held = spot(event);
      box.setPointerCapture(event.pointerId);
      press?.(held);
    };
    const move = (event) => { if (held || event.pointerType === "mouse") pull?.(spot(event), held); };
    const up = (event) => { if (held) { const from = held; held = null; lift?.(spot(event), from); } };
    const cancel = () => { held = null; };
    const pressed = (event) => key(event);
    const pairs = [["pointerdown", down], ["pointermove", move], ["pointerup", up], ["pointercancel", cancel], ["keydown", pressed]];
    for (const [name, heard] of pairs) box.addEventListener(name, heard, true);
    map.dragging.disable();
    map.doubleClickZoom.disable();
    box.classList.add("is-drawing");
    return () => {
      for (const [name, heard] of pairs) box.removeEventListener(name, heard, true);
      map.dragging.enable();
      map.doubleClickZoom.enable();
      box.classList.remove("is-drawing");
    };
  };

  const circle = (map, { words, renderer, made, stop }) => {
    let ring;
    const label = L.tooltip({ permanent: true, direction: "right", className: "map-radius-live" });
    const size = (from, metres) => {
      ring ??= L.circle(from, { renderer, className: "map-area", interactive: false, radius: metres }).addTo(map);
      ring.setRadius(metres);
    };
    const end = listen(map, {
      pull: ({ at, point }, held) => {
        if (!held || point.distanceTo(held.point) < FAR_ENOUGH) return;
        size(held.at, held.at.distanceTo(at));
        label.setLatLng(at).setContent(LintelMap.metres(held.at.distanceTo(at), words)).addTo(map);
      },
      lift: ({ at, point }, held) => {
        const pulled = point.distanceTo(held.point) >= FAR_ENOUGH;
        const height = LintelMap.metresAPixel(map) * map.getSize().y;
        const metres = pulled ? held.at.distanceTo(at) : Math.max(200, Math.round((height * 0.18) / 100) * 100);
        const round = Math.max(50, metres > 1000 ? Math.round(metres / 100) * 100 : Math.round(metres / 50) * 50);
        stop();
        made({ circle: { latitude: +held.at.lat.toFixed(6), longitude: +held.at.lng.toFixed(6), radius_km: round / 1000 } });
      },
      key: (event) => { if (event.key === "Escape") stop(); },
    });
    return () => { end(); ring?.remove(); label.remove(); };
  };

  const area = (map, { renderer, made, stop }) => {
    let corners = [];
    let sweep = null;
    const line = L.polyline([], { renderer, className: "map-area is-open", interactive: false }).addTo(map);
    const first = L.circleMarker([0, 0], { renderer, radius: 7, className: "map-first", interactive: false });
    const close = () => {
      const found = corners;
      stop();
      if (found.length >= 3) made({ polygon: { type: "Polygon", coordinates: [LintelMap.closed(found)] } });
    };
    const show = (towards) => line.setLatLngs(towards ? [...corners, towards] : corners);
    const swept = () => {
      const points = sweep.map((each) => map.latLngToContainerPoint(each));
      let [tolerance, kept] = [3, points];
      while (kept.length > MOST_CORNERS || tolerance === 3) { kept = L.LineUtil.simplify(points, tolerance); tolerance += 2; }
      if (kept.length > 3 && kept[0].distanceTo(kept[kept.length - 1]) < NEAR_FIRST * 2) kept.pop();
      corners = kept.map((point) => map.containerPointToLatLng(point));
      close();
    };
    const end = listen(map, {
      pull: ({ at, point }, held) => {
        if (!held) return corners.length && show(at);
        if (corners.length > 0) return show(at);
        if (!sweep && point.distanceTo(held.point) < FAR_ENOUGH) return undefined;
        sweep = [...(sweep ?? [held.at]), at];
        return line.setLatLngs(sweep);
      },
      lift: ({ at, point }) => {
        if (sweep) return swept();
        if (corners.length >= 3 && map.latLngToContainerPoint(corners[0]).distanceTo(point) < NEAR_FIRST) return close();
        corners.push(at);
        first.setLatLng(corners[0]).addTo(map);
        return show();
      },
      key: (event) => {
        if (event.key === "Escape") stop();
        if (event.key === "Enter") { event.preventDefault(); close(); }
        if (event.key === "Backspace") { event.preventDefault(); corners.pop(); show(); }
      },
    });
    return () => { end(); line.remove(); first.remove(); };
  };

  LintelMap.TOOLS = { circle, area };
})();
