// The list of areas and the map are one thing: what is drawn stands in the list, what is typed moves on the map.
(() => {
  const map = () => document.querySelector("[data-map-ready]")?.lintelMap;
  const rows = () => [...document.querySelectorAll("#_areas [data-area]")];
  const hidden = (row) => row.querySelector("input[name=area]");
  const radius = (row) => row.querySelector("input[name=area_radius]");
  const shown = () => rows().map((row) => ({ key: Number(row.dataset.area), ...JSON.parse(hidden(row).value) }));
  const found = () => JSON.parse(document.querySelector("#_found [data-found]")?.textContent ?? '{"homes": [], "counts": []}');
  const figure = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 }).format(value);
  let drawn = "";

  // an area that is being pulled is left alone by what the server answers meanwhile
  const follow = () => {
    const { homes, counts } = found();
    map()?.show(homes);
    counts.forEach((text, at) => {
      const spot = document.querySelector(`[data-count="${at}"]`);
      if (spot) spot.textContent = text;
    });
    const areas = shown();
    const stamp = JSON.stringify(areas);
    if (stamp === drawn) return;
    const before = drawn ? JSON.parse(drawn).length : areas.length;
    drawn = stamp;
    map()?.setAreas(areas);
    if (areas.length > before) map()?.reveal(areas.length - 1);
  };

  const pulled = ({ detail: { key, area, isFinal } }) => {
    const row = rows().find((each) => Number(each.dataset.area) === key);
    if (!row) return;
    hidden(row).value = JSON.stringify(area);
    if (area.circle) radius(row).value = figure(area.circle.radius_km);
    drawn = JSON.stringify(shown());
    LintelWishes.changed();
    if (isFinal) LintelWishes.look();
    else LintelWishes.soon();
  };

  // a radius that is typed: the server reads it in the reader's notation, the map follows what it can read itself
  const typed = (event) => {
    if (event.target.name !== "area_radius") return;
    const row = event.target.closest("[data-area]");
    const area = JSON.parse(hidden(row).value);
    const kilometres = Number(event.target.value.replace(",", "."));
    if (!area.circle || !(kilometres >= 0.05 && kilometres <= 500)) return;
    area.circle.radius_km = kilometres;
    hidden(row).value = JSON.stringify(area);
    follow();
  };

  const suggest = async (event) => {
    const field = event.target;
    if (field.name !== "add_place" || field.value.trim().length < 2) return;
    const path = `${LintelWishes.form().dataset.places}?add_place=${encodeURIComponent(field.value)}`;
    const answer = await fetch(path, { headers: { "X-Partial": "1" } });
    if (answer.ok) document.getElementById("known-places").innerHTML = await answer.text();
  };

  document.addEventListener("map-area", pulled);
  document.addEventListener("map-made", ({ detail: { area } }) => LintelWishes.act(`add-area:${JSON.stringify(area)}`));
  document.addEventListener("map-ready", follow);
  document.addEventListener("wishes-swapped", follow);
  document.addEventListener("input", typed);
  document.addEventListener("input", suggest);
})();
