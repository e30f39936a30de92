// What lies under everything: the agency's own tiles where it has some, else our outlines, else countries.
(() => {
  const FAR = 9;

  const panes = (map) => {
    for (const [name, z] of [["world", 150], ["base", 200], ["names", 350]]) {
      const pane = map.createPane(name);
      pane.style.zIndex = z;
      pane.style.pointerEvents = "none";
    }
    map.worldRenderer = L.canvas({ pane: "world", padding: 0.3 });
    map.baseRenderer = L.canvas({ pane: "base", padding: 0.3 });
  };

  const tiles = (map, told) =>
    L.tileLayer(told.tiles.url, { attribution: LintelMap.plain(told.tiles.attribution), maxZoom: 19 }).addTo(map);

  const outlines = (map, told) => {
    const drawn = new Set();
    let hasWorld = false;
    const draw = async (city) => {
      drawn.add(city);
      const answer = await fetch(city.url);
      if (answer.ok) LintelMap.outline(map, await answer.json());
    };
    const look = () => {
      const seen = map.getBounds();
      const here = told.cities.filter((city) => seen.intersects(city.bounds));
      here.filter((city) => !drawn.has(city)).forEach(draw);
      if (!hasWorld && map.getZoom() < FAR) {
        hasWorld = true;
        LintelMap.world(map, told);
      }
    };
    map.on("moveend", look);
    map.whenReady(look);
    map.attributionControl?.addAttribution(LintelMap.plain(told.words.outline));
  };

  LintelMap.base = (map, told) => {
    panes(map);
    if (told.tiles) tiles(map, told);
    else outlines(map, told);
  };
})();
