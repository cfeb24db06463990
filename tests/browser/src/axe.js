// Accessibility rules of axe-core, run in the page as it stands.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules of those tags that look at colours; the others say the same of a page in every scheme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong on the page, and the contrasts that it could not judge; an empty list when nothing. */
export async function axeProblems(page) {
  return problemsOf(page, { type: 'tag', values: TAGS });
}

/** The same, but only of its colours: for another scheme of a page that was looked at already. */
export async function colourProblems(page) {
  return problemsOf(page, { type: 'rule', values: OF_COLOURS });
}

async function problemsOf(page, runOnly) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const found = await page.evaluate((which) => window.axe.run(document, {
    runOnly: which, resultTypes: ['violations', 'incomplete'],
  }), runOnly);
  const unclear = found.incomplete.filter((one) => one.id === 'color-contrast');
  return [...found.violations, ...unclear].flatMap((rule) =>
    rule.nodes.map((node) => `axe ${rule.id}: ${node.target} ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`));
}
