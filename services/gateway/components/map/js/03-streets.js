// A texture of small streets, made up: each quarter of a city has its direction and its distance between streets,
// and a street belongs to the nearest quarter. The same city gets the same streets every time.
(() => {
  const STEP = 70;
  const REACH = 2300;
  const SHORTEST = 2;

  const chance = (seed) => {
    let state = seed;
    return () => {
      state = (state * 1664525 + 1013904223) % 4294967296;
      return state / 4294967296;
    };
  };

  LintelMap.streets = (city) => {
    const plane = LintelMap.plane(city.bounds[0]);
    const [width, height] = plane.to(city.bounds[1]);
    const flat = (lines) => lines.map((line) => line.map(plane.to));
    const wet = flat([...city.water.map((ring) => LintelMap.smoothRing(ring)), ...city.parks]);
    const rivers = city.rivers.map((river) => ({ line: river.points.map(plane.to), reach: (river.width / 2 + 25) ** 2 }));
    const quarters = city.quarters.map(([lat, lon, angle, apart]) => ({ at: plane.to([lat, lon]), angle, apart }));

    const nearest = ([x, y]) => {
      let [found, least] = [null, Infinity];
      for (const each of quarters) {
        const far = (each.at[0] - x) ** 2 + (each.at[1] - y) ** 2;
        if (far < least) [found, least] = [each, far];
      }
      return found;
    };
    const isFree = (point, quarter) =>
      point[0] > 0 && point[1] > 0 && point[0] < width && point[1] < height &&
      nearest(point) === quarter && !wet.some((ring) => LintelMap.isInside(point, ring)) &&
      !rivers.some((river) => LintelMap.toLine(point, river.line) < river.reach);

    const found = [];
    const keep = (line) => { if (line.length >= SHORTEST) found.push(line.map(plane.from)); };

    // one long line through a quarter, broken where something is in the way and where chance says so
    const walk = (quarter, turn, aside, roll) => {
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      const phase = roll() * 6;
      let [line, left] = [[], 3 + roll() * 12];
      for (let along = -REACH; along <= REACH; along += STEP) {
        const bent = aside + Math.sin(along / 620 + phase) * 16;
        const point = [quarter.at[0] + along * cos - bent * sin, quarter.at[1] + along * sin + bent * cos];
        left -= 1;
        if (left > 0 && isFree(point, quarter)) { line.push(point); continue; }
        keep(line);
        line = [];
        if (left <= -1) left = 3 + roll() * 14;
      }
      keep(line);
    };

    quarters.forEach((quarter, number) => {
      const roll = chance(number * 7919 + 17);
      for (const [turn, wider] of [[0, 1], [90, 1.5]]) {
        let aside = -REACH;
        while (aside < REACH) {
          aside += quarter.apart * (0.65 + 0.7 * roll()) * wider;
          walk(quarter, ((quarter.angle + turn) * Math.PI) / 180, aside, roll);
        }
      }
    });
    return found;
  };
})();
