/**
 * Builds static/vendor/ from the packages pinned in package.json:
 *   npm ci && npm run vendor             writes the files
 *   npm ci && npm run vendor -- --check  fails when the checked-in files differ
 *
 * - utrecht.css          the Utrecht components this product uses, one after the other
 * - voorbeeld-theme.css  only the tokens that those components and static/css/ use, followed to their source
 * - noto-sans.css        Noto Sans, variable weight: latin as it is, latin-ext cut down to the letters of European names
 * - htmx.min.js
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const target = join(root, 'static', 'vendor');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const utrecht = Object.keys(manifest.devDependencies).filter((name) => name.startsWith('@utrecht/'));
const tokens = '@nl-design-system-unstable/voorbeeld-design-tokens';
const font = '@fontsource-variable/noto-sans';

const read = (...path) => readFileSync(join(modules, ...path), 'utf8');
const version = (name) => JSON.parse(read(name, 'package.json')).version;

/** One stylesheet, with one licence line in place of one per component. */
function components() {
  const parts = utrecht.map((name) => {
    const css = read(name, 'dist', 'index.min.css').replace(/\/\*[\s\S]*?\*\//g, '').trim();
    return `/* ${name} ${version(name)} */\n${css}`;
  });
  return `/*! Utrecht Design System components, EUPL-1.2, Copyright Frameless B.V. and Gemeente Utrecht */\n${parts.join('\n')}\n`;
}

/** Names of the custom properties that a stylesheet reads. */
function used(css) {
  return [...css.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
}

/** The theme, cut down to what is reachable from our own stylesheets and the components. */
function theme(componentCss) {
  const declared = new Map();
  for (const match of read(tokens, 'dist', 'theme.css').matchAll(/(--[\w-]+):\s*([^;]+);/g)) {
    declared.set(match[1], match[2].trim());
  }
  const own = readdirSync(join(root, 'static', 'css'))
    .filter((file) => file.endsWith('.css'))
    .map((file) => readFileSync(join(root, 'static', 'css', file), 'utf8'));
  const queue = [componentCss, ...own].flatMap(used);
  const kept = new Set();
  while (queue.length) {
    const name = queue.pop();
    if (kept.has(name) || !declared.has(name)) continue;
    kept.add(name);
    queue.push(...used(declared.get(name)));
  }
  const lines = [...kept].sort().map((name) => `  ${name}: ${declared.get(name)};`);
  return `/*! ${tokens} ${version(tokens)}, EUPL-1.2. Only the tokens that are used. */\n.voorbeeld-theme {\n${lines.join('\n')}\n}\n`;
}

/** Letters of names in Latin script (BRP): Latin Extended-A and -B, and Latin Extended Additional. */
function extended() {
  let text = '';
  for (const [from, to] of [[0x0100, 0x024f], [0x1e00, 0x1eff]]) {
    for (let code = from; code <= to; code += 1) text += String.fromCodePoint(code);
  }
  return text;
}

async function build() {
  const files = new Map();
  const componentCss = components();
  files.set('utrecht.css', componentCss);
  files.set('voorbeeld-theme.css', theme(componentCss));
  files.set('htmx.min.js', read('htmx.org', 'dist', 'htmx.min.js'));
  const latin = readFileSync(join(modules, font, 'files', 'noto-sans-latin-wght-normal.woff2'));
  const latinExt = readFileSync(join(modules, font, 'files', 'noto-sans-latin-ext-wght-normal.woff2'));
  files.set('noto-sans-latin.woff2', latin);
  files.set('noto-sans-latin-ext.woff2', await subsetFont(latinExt, extended(), { targetFormat: 'woff2' }));
  const face = (file, range) => `@font-face {
  font-family: 'Noto Sans Variable';
  font-style: normal;
  font-display: swap;
  font-weight: 100 900;
  src: url('${file}') format('woff2');
  unicode-range: ${range};
}
`;
  const latinRange = read(font, 'wght.css').match(/noto-sans-latin-wght-normal \*\/[\s\S]*?unicode-range:\s*([^;]+);/)[1];
  files.set(
    'noto-sans.css',
    `/*! Noto Sans ${version(font)}, SIL Open Font License 1.1 */\n` +
      face('noto-sans-latin-ext.woff2', 'U+0100-024F, U+1E00-1EFF') +
      face('noto-sans-latin.woff2', latinRange.replace(/,/g, ', ')),
  );
  files.set('LICENTIE-utrecht.md', read('@utrecht/button-css', 'LICENSE.md'));
  files.set('LICENTIE-voorbeeld-theme.md', read(tokens, 'LICENSE.md'));
  files.set('LICENTIE-noto-sans.txt', read(font, 'LICENSE'));
  files.set('LICENTIE-htmx.txt', read('htmx.org', 'LICENSE'));
  return files;
}

const digest = (data) => createHash('sha256').update(data).digest('hex');
const files = await build();
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([name, data]) => {
    const path = join(target, name);
    return !existsSync(path) || digest(readFileSync(path)) !== digest(data);
  });
  for (const [name] of stale) console.error(`static/vendor/${name} is not what npm run vendor makes`);
  process.exitCode = stale.length ? 1 : 0;
} else {
  mkdirSync(target, { recursive: true });
  for (const [name, data] of files) writeFileSync(join(target, name), data);
  console.log(`${files.size} files written to static/vendor/`);
}
