// One stream a page: tells the page's parts what changed, and says honestly when it is not live.
// A part listens with hx-trigger="changed-listing from:body" (or changed-matches, changed-delivery, changed-any).
(() => {
  const LATE = 10000;
  const GATHER = 400;
  const waiting = new Map();
  let heard = 0;
  let stream;

  const dot = () => document.querySelector("[data-live-dot]");
  const tell = (isLive) => {
    const spot = dot();
    if (!spot) return;
    const since = new Date(heard || Date.now()).toTimeString().slice(0, 5);
    const text = isLive ? document.body.dataset.live : document.body.dataset.late.replace("{time}", since);
    spot.classList.toggle("late", !isLive);
    if (spot.textContent !== text) spot.textContent = text;
  };
  const beat = () => { heard = Date.now(); tell(true); };

  // rows never move under a pointer or a focus: what is new waits behind a button
  const held = new Set();
  const button = () => document.querySelector("[data-news]");
  const isInUse = () => document.querySelector("[data-still]:hover, [data-still]:focus-within");
  const show = (what) => document.body.dispatchEvent(new CustomEvent(`changed-${what}`, { bubbles: true }));
  const hold = (what) => {
    held.add(what);
    button().hidden = false;
  };
  const letGo = () => {
    if (!held.size) return;
    button().hidden = true;
    held.forEach(show);
    held.clear();
  };
  for (const moved of ["mouseover", "focusin"]) document.addEventListener(moved, () => isInUse() || letGo());
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-news]")) letGo(); });

  // many changes within a moment are one look
  const changed = (what) => {
    if (waiting.has(what)) return;
    waiting.set(what, setTimeout(() => {
      waiting.delete(what);
      if (button() && isInUse()) hold(what);
      else show(what);
    }, GATHER));
  };

  const connect = () => {
    const from = document.body.dataset.stream;
    if (!from) return;
    stream = new EventSource(from, { withCredentials: true });
    stream.addEventListener("open", () => {
      // what happened while nobody listened
      if (heard && Date.now() - heard > LATE) changed("any");
      beat();
    });
    stream.addEventListener("beat", beat);
    stream.addEventListener("changed", (event) => {
      beat();
      const { kind } = JSON.parse(event.data);
      changed(kind);
      changed("any");
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
    });
  };
  const watch = () => { if (Date.now() - heard > LATE) tell(false); };

  document.addEventListener("DOMContentLoaded", () => {
    if (!document.body.dataset.stream || !dot()) return;
    heard = Date.now();
    connect();
    setInterval(watch, 2000);
    addEventListener("pagehide", () => stream?.close());
  });
})();
