// Compiles the committed pages/static/romyen from assets/ and node_modules: `npm run build`.
// The outcome holds no time and no machine path, so two builds of one source are byte-equal.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const assets = join(root, "assets");
const modules = join(root, "node_modules");
const out = join(root, "src/romyen/pages/static/romyen");
const manifest = join(assets, "MANIFEST");

// Cut by script: a phone fetches only the scripts that a page shows. Burmese comes in two fixed
// weights and needs a family of its own: a browser never mixes fixed and variable faces in one.
const scripts = [
  ["@fontsource-variable/noto-sans", "latin-ext", "wght"],
  ["@fontsource-variable/noto-sans", "vietnamese", "wght"],
  ["@fontsource/noto-sans-myanmar", "myanmar", "400"],
  ["@fontsource/noto-sans-myanmar", "myanmar", "700"],
  ["@fontsource-variable/noto-sans-khmer", "khmer", "wght"],
  ["@fontsource-variable/noto-sans-lao", "lao", "wght"],
  ["@fontsource-variable/noto-sans-thai", "thai", "wght"],
  ["@fontsource-variable/noto-sans", "latin", "wght"],
];

function face([module, script, weight]) {
  const name = `${module.split("/")[1]}-${script}-${weight}-normal`;
  const css = readFileSync(join(modules, module, `${weight}.css`), "utf8");
  const range = css.split(`${name} */`)[1].match(/unicode-range: ([^;]+);/)[1];
  copyFileSync(join(modules, module, "files", `${name}.woff2`), join(out, "fonts", `${name}.woff2`));
  const [family, weights] = weight === "wght" ? ["Romyen", "100 900"] : ["Romyen Burmese", weight];
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: ${weights};
  font-display: swap;
  src: url("fonts/${name}.woff2") format("woff2");
  unicode-range: ${range};
}
`;
}

function fonts() {
  const licence = join(modules, "@fontsource-variable/noto-sans/LICENSE");
  mkdirSync(join(out, "fonts"), { recursive: true });
  copyFileSync(licence, join(out, "fonts", "OFL.txt"));
  return scripts.map(face).join("\n");
}

function images(css) {
  const from = join(modules, "@ministryofjustice/frontend/moj/assets/images");
  mkdirSync(join(out, "images"), { recursive: true });
  for (const [, name] of css.matchAll(/url\("?images\/([^")]+)"?\)/g)) {
    copyFileSync(join(from, name), join(out, "images", name));
  }
}

function style() {
  const facesSheet = fonts();
  const importer = {
    canonicalize: (url) => (url === "fonts" ? new URL("romyen:fonts") : null),
    load: () => ({ contents: facesSheet, syntax: "scss" }),
  };
  const { css } = compile(join(assets, "romyen.scss"), {
    importers: [importer],
    loadPaths: [root, assets],
    quietDeps: true,
    style: "compressed",
  });
  images(css);
  writeFileSync(join(out, "romyen.css"), `${css}\n`);
}

async function script() {
  await build({
    bundle: true,
    entryPoints: [join(assets, "romyen.js")],
    format: "esm",
    legalComments: "none",
    minify: true,
    absWorkingDir: root,
    outfile: join(out, "romyen.js"),
    target: "es2021",
  });
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// tests/pages/test_assets.py reads this list and says when a source changed without a build.
function list() {
  const named = ["package.json", "package-lock.json"].map((name) => join(root, name));
  const lines = [...named, ...files(assets), ...files(out)]
    .filter((path) => path !== manifest)
    .map((path) => [relative(root, path), createHash("sha256").update(readFileSync(path)).digest("hex")])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, digest]) => `${digest}  ${path}`);
  writeFileSync(manifest, `${lines.join("\n")}\n`);
}

if (existsSync(out)) rmSync(out, { recursive: true });
mkdirSync(out, { recursive: true });
copyFileSync(join(assets, "mark.svg"), join(out, "mark.svg"));
style();
await script();
list();
