// Keeps the moving part of the page current: asks every two seconds, replaces it only when something has moved.
const part = document.getElementById("live");
const dot = document.getElementById("live-dot");
const EVERY = 2000;
let stamp = null;
let last = new Date();

function tell(isLive) {
  dot.classList.toggle("late", !isLive);
  const since = last.toTimeString().slice(0, 5);
  const words = isLive ? "Live" : `Not live since ${since}, trying again`;
  if (dot.textContent !== words) dot.textContent = words;
}

// whoever types or is about to press a button must not have it taken away
const isInUse = () => part.contains(document.activeElement) || part.querySelector("button:hover") !== null;

async function look() {
  if (document.hidden || isInUse()) return;
  const headers = { "X-Partial": "1", ...(stamp ? { "If-None-Match": stamp } : {}) };
  const answer = await fetch(part.dataset.from, { headers, signal: AbortSignal.timeout(8000) });
  if (answer.status === 401) return location.reload();
  if (answer.status === 200 && !isInUse()) {
    stamp = answer.headers.get("ETag");
    part.innerHTML = await answer.text();
  } else if (answer.status !== 304 && answer.status !== 200) {
    throw new Error(`answered ${answer.status}`);
  }
  last = new Date();
  tell(true);
}

async function run() {
  try {
    await look();
  } catch (error) {
    if (Date.now() - last.getTime() > 10000) tell(false);
  }
  setTimeout(run, EVERY);
}

setTimeout(run, EVERY);
