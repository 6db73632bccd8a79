// Takes every address out of package-lock.json: where packages come from is each machine's own setting.
//
//   npm install --package-lock-only --ignore-scripts && node relock.mjs

import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('./package-lock.json', import.meta.url);
const lock = JSON.parse(await readFile(file, 'utf8'));

for (const locked of Object.values(lock.packages)) {
  delete locked.resolved;
  delete locked.funding;
}

await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
