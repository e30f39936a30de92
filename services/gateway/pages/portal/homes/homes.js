// The map beside the cards shows the homes of the list that is open.
document.addEventListener("htmx:after:swap", () => {
  const [told, map] = [document.getElementById("my-pins"), document.getElementById("my-map")?.lintelMap];
  if (told && map) map.show(JSON.parse(told.textContent));
});
