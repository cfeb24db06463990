// The public score in a real browser: in every language of the survey, on a phone, light and dark; and its badge on a stranger's page.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { axeProblems } from '../src/axe.js';
import { PHONE, personAt, startChromium } from '../src/chromium.js';
import { FOLDER } from '../src/pictures.js';
import { Desk } from '../src/program.js';
import { htmlErrors } from '../src/validator.js';

const PAGE = '/score/tuulia';
const LANGUAGES = ['en', 'fi', 'sv', 'et', 'de', 'hu', 'pl', 'ar'];

const html = mkdtempSync(join(tmpdir(), 'laatu-score-'));
const browser = await startChromium();
const desk = new Desk();
after(async () => {
  await browser.close();
  await desk.clear();
  rmSync(html, { recursive: true, force: true });
});

desk.run('demo', '--orders', '300', '--data', 'data');
desk.run('org', 'set', 'tuulia', '--public-score', 'after-delivery');
desk.run('org', 'create', 'kuura', '--name', 'Kuura', '--contact', 'care@example.org', '--privacy-url', 'https://example.org/p');
desk.run('survey', 'create', '--org', 'kuura', '--key', 'after-delivery', '--instrument', 'perceived-quality');
desk.run('org', 'set', 'kuura', '--public-score', 'after-delivery');
// A month later all of the season lies in the last twelve whole months.
await desk.serve({ daysLater: 35 });
mkdirSync(join(FOLDER, 'score'), { recursive: true });

test('the page stands in every language on a phone, light and dark, and asks nobody', { timeout: 300_000 }, async () => {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    const page = await personAt(browser, desk.url, { viewport: PHONE, colorScheme });
    for (const language of LANGUAGES) {
      await page.goto(`${PAGE}?language=${language}`);
      const told = (words) => found.push(`${language} ${colorScheme}: ${words}`);
      if (page.arrived.status() !== 200) told(`${page.arrived.status()}`);
      if (page.requests.some((url) => !url.startsWith(`${desk.url}${PAGE}`) && !url.startsWith('data:'))) told(`asks ${page.requests}`);
      if (page.requests.filter((url) => !url.startsWith('data:')).length !== 1) told('more than one request');
      page.complaints.splice(0).forEach(told);
      (await axeProblems(page)).forEach(told);
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
      if (over > 0) told(`${over} px too wide`);
      const rating = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).aggregateRating);
      const shown = await page.locator('.score').innerText();
      if (!shown.includes(rating.ratingValue)) told(`${shown} is not ${rating.ratingValue}`);
      if (!(rating.ratingCount >= 30)) told(`${rating.ratingCount} people`);
      await page.screenshot({ path: join(FOLDER, 'score', `${language}-${colorScheme}.png`), fullPage: true });
      if (colorScheme === 'light') writeFileSync(join(html, `${language}.html`), await (await page.context().request.get(`${PAGE}?language=${language}`)).text());
    }
    await page.goto('/score/kuura');
    assert.equal(page.arrived.status(), 404);
    assert.match(await page.locator('h1').innerText(), /Too few answers yet/);
    found.push(...(await axeProblems(page)).map((one) => `too few: ${one}`));
    if (colorScheme === 'light') writeFileSync(join(html, 'few.html'), await (await page.context().request.get('/score/kuura')).text());
  }
  assert.deepEqual(found, []);
  assert.deepEqual(htmlErrors(html), []);
});

test('the language is switched by a press, without script', async () => {
  const page = await personAt(browser, desk.url, { javaScriptEnabled: false });
  await page.goto(PAGE);
  await Promise.all([page.waitForURL('**language=fi**'), page.getByRole('button', { name: 'Suomi' }).click()]);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fi');
});

test('the badge is shown on the page of another house, and its words fit', async () => {
  const images = LANGUAGES.map((language) => `<p><img width="320" height="100" alt="score" src="${desk.url}${PAGE}/badge.svg?language=${language}"></p>`);
  const house = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(`<!doctype html><title>shop</title>${images.join('')}`));
  await new Promise((resolve) => { house.listen(0, '127.0.0.1', resolve); });
  try {
    for (const colorScheme of ['light', 'dark']) {
      const page = await personAt(browser, `http://127.0.0.1:${house.address().port}`, { colorScheme });
      await page.goto('/');
      const widths = await page.evaluate(() => [...document.images].map((one) => one.naturalWidth));
      assert.deepEqual(widths, LANGUAGES.map(() => 320));
      await page.screenshot({ path: join(FOLDER, 'score', `badges-${colorScheme}.png`), fullPage: true });
    }
    const page = await personAt(browser, desk.url);
    for (const language of LANGUAGES) {
      await page.goto(`${PAGE}/badge.svg?language=${language}`);
      const out = await page.evaluate(() => [...document.querySelectorAll('text')].map((one) => one.getBBox()).filter((box) => box.x < 8 || box.x + box.width > 312).length);
      assert.equal(out, 0, `${language}: words stick out`);
      assert.deepEqual(page.complaints, [], language);
    }
  } finally {
    house.close();
  }
});
