// The Nu HTML checker, run once over many pages: it is a Java program and slow to start.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

/** Everything that the checker calls an error in the HTML files of a folder. */
export function htmlErrors(folder) {
  const jar = createRequire(import.meta.url)('vnu-jar');
  const done = spawnSync('java', ['-Xss2m', '-jar', jar, '--format', 'json', '--skip-non-html', '--stdout', folder], {
    encoding: 'utf8', maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error) throw done.error;
  const { messages } = JSON.parse(done.stdout);
  return messages.filter((one) => one.type !== 'info' || one.subType === 'warning').map((one) =>
    `${one.type} ${one.url.split('/').pop()}:${one.lastLine}: ${one.message} ${one.extract ?? ''}`);
}
