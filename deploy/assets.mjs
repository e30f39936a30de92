// Copies what browsers get of the npm packages into the gateway's web/static/vendor, with a manifest of checksums.
// usage: node deploy/assets.mjs [FOLDER]
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const GATEWAY = join(ROOT, "services/gateway/web/static");
const TO = process.argv[2] ?? join(GATEWAY, "vendor");

// what the gateway serves under this name: where the package keeps it
const FILES = {
  "tabler.css": "@tabler/core/dist/css/tabler.min.css",
  "htmx.js": "htmx.org/dist/htmx.min.js",
  "alpine.js": "@alpinejs/csp/dist/cdn.min.js",
  "leaflet.css": "leaflet/dist/leaflet.css",
  "leaflet.js": "leaflet/dist/leaflet.js",
  "topojson.js": "topojson-client/dist/topojson-client.min.js",
  "countries.json": "world-atlas/countries-50m.json",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
};
const LATIN_EXTENDED = [[0x100, 0x17f], [0x218, 0x21b]];

const fromPackage = (path) => readFile(join(ROOT, "node_modules", path));

// source maps are not served, so nothing may point to them
const withoutMap = (name, content) =>
  /\.(css|js)$/.test(name)
    ? Buffer.from(content.toString().replace(/\n?\/[*/]# sourceMappingURL=.*$/gm, ""))
    : content;

async function latinExtended() {
  const whole = await fromPackage("@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2");
  const letters = LATIN_EXTENDED.flatMap(([from, to]) => range(from, to)).map((code) => String.fromCodePoint(code));
  return subsetFont(whole, letters.join(""), { targetFormat: "woff2" });
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

// One <symbol> for each name in static/icons.txt; "heart/filled" is the filled drawing.
async function sprite() {
  const lines = (await readFile(join(GATEWAY, "icons.txt"), "utf8")).split("\n");
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}${await own()}</svg>`);
}

async function symbol(line) {
  const [name, drawing = "outline"] = line.split("/");
  const svg = (await fromPackage(`@tabler/icons/icons/${drawing}/${name}.svg`)).toString();
  const inner = svg.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
  const paths = inner.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s+/g, " ").trim();
  const paint = drawing === "filled" ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" ' +
    'stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${line.replace("/", "-")}" viewBox="0 0 24 24" ${paint}>${paths}</symbol>`;
}

// glyphs that the icon set lacks
const own = async () => (await readFile(join(GATEWAY, "img/own-icons.svg"), "utf8"))
  .match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");

async function main() {
  await rm(TO, { recursive: true, force: true });
  await mkdir(TO, { recursive: true });
  const contents = { "inter-latin-ext.woff2": await latinExtended(), "icons.svg": await sprite() };
  for (const [name, path] of Object.entries(FILES)) contents[name] = withoutMap(name, await fromPackage(path));
  const manifest = {};
  for (const name of Object.keys(contents).sort()) {
    await writeFile(join(TO, name), contents[name]);
    manifest[name] = createHash("sha256").update(contents[name]).digest("hex");
  }
  await writeFile(join(TO, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
}

await main();
