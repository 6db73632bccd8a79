// Opens diagrams with bpmn-moddle, as every modeller built on bpmn-js does, and saves them again.
//
//   node resave.mjs FILE…           writes each file back, formatted
//   node resave.mjs --check FILE…   writes nothing; names each file whose bytes a save would change and exits with 1
//
// A diagram that cannot be kept whole (moddle warns of something unknown) is refused and left as it is.

import { readFile, writeFile } from 'node:fs/promises';

import { BpmnModdle } from 'bpmn-moddle';

const descriptor = JSON.parse(await readFile(new URL('./spiffworkflow-moddle.json', import.meta.url), 'utf8'));

/**
 * Return what bpmn-moddle saves for a diagram.
 *
 * @param {string} xml
 *
 * @return {Promise<string>}
 */
export async function resaved(xml) {
  const moddle = new BpmnModdle({ spiffworkflow: descriptor });
  const { rootElement, warnings } = await moddle.fromXML(xml);

  if (warnings.length) {
    throw new Error(warnings.map(warning => warning.message).join('; '));
  }

  return (await moddle.toXML(rootElement, { format: true })).xml;
}

const args = process.argv.slice(2);
const check = args.includes('--check');

for (const file of args.filter(arg => arg !== '--check')) {
  try {
    const before = await readFile(file, 'utf8');
    const after = await resaved(before);

    if (before === after) {
      continue;
    }

    if (check) {
      process.exitCode = 1;
      console.log(`${file}: saving it changes its bytes`);
    } else {
      await writeFile(file, after);
      console.log(`${file}: saved`);
    }
  } catch (error) {
    process.exitCode = 1;
    console.error(`${file}: ${error.message}`);
  }
}
