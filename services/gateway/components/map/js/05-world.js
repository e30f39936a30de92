// Countries, where we have no outline of the city: fetched only once somebody looks there.
(() => {
  const TOO_CLOSE = 9;

  const script = (src) =>
    new Promise((done, fail) => {
      const tag = document.createElement("script");
      tag.src = src;
      tag.addEventListener("load", done, { once: true });
      tag.addEventListener("error", () => fail(new Error(`${src} did not load`)), { once: true });
      document.head.append(tag);
    });

  LintelMap.world = async (map, told) => {
    const [answer] = await Promise.all([fetch(told.countries), window.topojson || script(told.topojson)]);
    const found = await answer.json();
    const land = L.geoJSON(topojson.feature(found, found.objects.countries), {
      pane: "world", renderer: map.worldRenderer, interactive: false, smoothFactor: 0.8,
    }).addTo(map);
    const dress = () =>
      land.setStyle({
        color: LintelMap.colour("--map-edge"), weight: 1, fillColor: LintelMap.colour("--map-land"), fillOpacity: 1,
      });
    dress();
    LintelMap.onTheme(dress);
    // coasts are drawn for continents: close up they would put towns into the sea
    const range = () => {
      const isFar = map.getZoom() < TOO_CLOSE;
      map.getContainer().classList.toggle("has-world", isFar);
      map.getPane("world").hidden = !isFar;
    };
    range();
    map.on("zoomend", range);
  };
})();
