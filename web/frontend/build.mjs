// Bundles the sources into ../static under names that carry their content's hash, and writes a manifest of them; each once
// more, compressed as well as it goes. Puts the type that papers are printed with into ../../engine/exports/fonts.
//
//   node build.mjs [HASH]   HASH: of the sources, kept in the manifest so that the build hook knows what it was built from

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = fileURLToPath(new URL('../static/', import.meta.url));

// GOV.UK's typeface and crest are for gov.uk alone: their rules are taken out, with the addresses they point to.
const ownBranding = {
  name: 'own-branding',
  setup(bundler) {
    bundler.onLoad({ filter: /govuk-frontend\.min\.css$/ }, async ({ path }) => ({
      loader: 'css',
      contents: (await readFile(path, 'utf8'))
        .replace(/@font-face\{[^}]*\}/g, '')
        .replace(/"?GDS Transport"?,\s*/gi, '')
        .replace(/url\("?\/assets\/[^)]*\)/g, 'none')
    }));
  }
};

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { app: 'app/index.js', 'app-style': 'app/app.css', viewer: 'viewer/index.js', icon: 'app/icon.svg' },
  loader: { '.svg': 'copy' },
  outdir: target,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'linked',
  logLevel: 'warning',
  logOverride: { 'css-syntax-error': 'silent' }, // GOV.UK Frontend's rules for browsers of long ago
  metafile: true,
  plugins: [ ownBranding ]
});

const manifest = { sources: process.argv[2] ?? '' };

for (const [ output, { entryPoint } ] of Object.entries(metafile.outputs)) {
  const name = basename(output);
  const extension = name.match(/\.(js|css|svg)$/)?.[1];

  if (extension) {
    const bundle = name.replace(/(-style)?-[A-Z0-9]{8}\.\w+$/, '');

    if (entryPoint || extension === 'css') {
      manifest[`${bundle}.${extension}`] = name;
    }
  }
}

// What earlier builds left behind goes, so that the folder holds one build.
const kept = new Set(Object.keys(metafile.outputs).map(output => basename(output)));

await mkdir(target, { recursive: true });

for (const name of [ ...kept ].filter(name => /\.(js|css|svg)$/.test(name))) {
  kept.add(`${name}.br`);
  await writeFile(`${target}/${name}.br`, brotliCompressSync(await readFile(`${target}/${name}`)));
}

for (const entry of await readdir(target)) {
  if (!kept.has(entry)) {
    await rm(`${target}/${entry}`, { recursive: true });
  }
}

const fonts = fileURLToPath(new URL('../../engine/exports/fonts/', import.meta.url));

await rm(fonts, { force: true, recursive: true });
await mkdir(fonts, { recursive: true });

for (const [ name, source ] of Object.entries(JSON.parse(await readFile(`${here}/fonts.json`)))) {
  await copyFile(`${here}/node_modules/@expo-google-fonts/${source}`, `${fonts}/${name}`);
}

await writeFile(`${target}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`Built ${Object.keys(manifest).slice(1).join(', ')} into ${relative(process.cwd(), target) || '.'}`);
