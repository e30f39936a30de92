// Hand-drawn lines made round, and the few measures that drawing needs. Points are [latitude, longitude].
(() => {
  const METRES_A_DEGREE = 111320;
  const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

  // Chaikin's corner cutting: each corner becomes two
  LintelMap.smooth = (points, rounds = 2) => {
    let line = points;
    for (let n = 0; n < rounds; n += 1) {
      const cut = [line[0]];
      for (let at = 1; at < line.length; at += 1) {
        cut.push(between(line[at - 1], line[at], 0.25), between(line[at - 1], line[at], 0.75));
      }
      cut.push(line[line.length - 1]);
      line = cut;
    }
    return line;
  };

  LintelMap.smoothRing = (points, rounds = 2) => {
    let ring = points;
    for (let n = 0; n < rounds; n += 1) {
      ring = ring.flatMap((point, at) => {
        const next = ring[(at + 1) % ring.length];
        return [between(point, next, 0.25), between(point, next, 0.75)];
      });
    }
    return ring;
  };

  // metres east and north of an origin, flat: good for a city
  LintelMap.plane = ([latitude, longitude]) => {
    const east = METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180);
    return {
      to: (point) => [(point[1] - longitude) * east, (point[0] - latitude) * METRES_A_DEGREE],
      from: ([x, y]) => [latitude + y / METRES_A_DEGREE, longitude + x / east],
    };
  };

  LintelMap.isInside = ([x, y], ring) => {
    let inside = false;
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [x1, y1] = ring[at];
      const [x2, y2] = ring[before];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  };

  // the square of the distance from a point to a line, in the plane
  LintelMap.toLine = ([x, y], line) => {
    let least = Infinity;
    for (let at = 1; at < line.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [line[at - 1], line[at]];
      const [dx, dy] = [x2 - x1, y2 - y1];
      const share = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, (x1 + share * dx - x) ** 2 + (y1 + share * dy - y) ** 2);
    }
    return least;
  };

  LintelMap.metresAPixel = (map) => {
    const latitude = (map.getCenter().lat * Math.PI) / 180;
    return (156543.03392 * Math.cos(latitude)) / 2 ** map.getZoom();
  };
})();
