// Lighthouse on the first page of a real form: 100 points for accessibility and for best practices are demanded, those for
// speed are only told, since they depend on the machine.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { executable } from '../src/chromium.js';
import { Shop } from '../src/shop.js';

const CATEGORIES = ['accessibility', 'best-practices', 'performance'];

test('Lighthouse has nothing to say about accessibility and best practices', async (t) => {
  const shop = await Shop.open();
  t.after(() => shop.close());
  const survey = await shop.startedSurvey({ length: 'standard' });
  const [customer] = await shop.invite(survey, ['en']);
  const chrome = await launch({
    chromePath: executable(), chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'], logLevel: 'silent',
  });
  t.after(() => chrome.kill());
  const { lhr } = await lighthouse(shop.url + customer.link, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
  assert.equal(lhr.runtimeError, undefined);
  const points = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
  t.diagnostic(`Lighthouse ${lhr.lighthouseVersion}: ${JSON.stringify(points)}`);
  assert.deepEqual(lost(lhr, ['accessibility', 'best-practices']), []);
  assert.equal(points.accessibility, 100);
  assert.equal(points['best-practices'], 100);
});

/** What cost points in these categories. */
function lost(lhr, categories) {
  return categories.flatMap((name) => lhr.categories[name].auditRefs
    .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
    .map((ref) => `${name}: ${ref.id}: ${lhr.audits[ref.id].title}`));
}
