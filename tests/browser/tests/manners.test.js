// Small things that people rely on: the Enter key, where the focus lands, paper, and that nobody else is asked.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { PHONE, personAt, startChromium } from '../src/chromium.js';
import { layoutShifts } from '../src/layout.js';
import { chosen, decide, goOn, questions, tapAnswers } from '../src/person.js';
import { Shop } from '../src/shop.js';
import { slowLine } from '../src/slow_line.js';

const shop = await Shop.open();
const browser = await startChromium();
after(async () => {
  await browser.close();
  await shop.close();
});
const survey = await shop.startedSurvey({ length: 'standard' });
const customers = await shop.invite(survey, Array.from({ length: 4 }, () => 'en'));

const patient = await shop.invite(survey, survey.languages);

/** A person without script at a fresh link. */
async function atLink(options = {}) {
  const page = await personAt(browser, shop.url, { javaScriptEnabled: false, ...options });
  await page.goto(customers.pop().link);
  return page;
}

test('Enter goes on, whichever answer has the focus: never back, never to another language', async () => {
  const page = await atLink();
  for (let number = 1; number < 4; number += 1) {
    const title = await page.title();
    const answers = decide(await questions(page), number);
    await tapAnswers(page, answers);
    await page.locator('form#f input').nth(number).focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    assert.ok(page.url().endsWith(`/${number + 1}`), page.url());
    assert.notEqual(await page.title(), title, 'each page has a title of its own');
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
  }
});

test('a page that comes back has the focus on its box, and the links there lead to the questions', async () => {
  const page = await atLink();
  await goOn(page);
  const focused = () => page.evaluate(() => [document.activeElement.className, document.activeElement.name ?? '']);
  assert.deepEqual(await focused(), ['summary', '']);
  const asked = await questions(page);
  const links = page.locator('.summary a');
  assert.equal(await links.count(), asked.length);
  for (const [place, question] of asked.entries()) {
    await links.nth(place).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    assert.equal((await chosen(page))[question.name], question.values[0]);
  }
});

test('on paper stand the questions with their boxes, and nothing to press', async () => {
  const page = await atLink({ colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  for (const button of await page.locator('button').all()) assert.equal(await button.isVisible(), false);
  for (const box of await page.locator('input[type=radio]').all()) assert.equal(await box.isVisible(), true);
  const colours = await page.evaluate(() => ['color', 'backgroundColor'].map((name) => getComputedStyle(document.body)[name]));
  assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

test('what a person has chosen is told by more than colour', async () => {
  const page = await atLink({ forcedColors: 'active' });
  const answers = decide(await questions(page), 1);
  await tapAnswers(page, answers);
  const [name, value] = Object.entries(answers)[0];
  const border = (locator) => locator.evaluate((label) => getComputedStyle(label).borderTopWidth);
  const labels = page.locator('label', { has: page.locator(`input[name="${name}"]`) });
  const chosenLabel = page.locator('label', { has: page.locator(`input[name="${name}"][value="${value}"]`) });
  assert.equal(await border(chosenLabel), '2px');
  assert.equal(await border(labels.first()), '1px');
});

test('on a slow line nothing moves while the pages come', async (t) => {
  const line = await slowLine(shop.url);
  t.after(line.close);
  for (const customer of patient) {
    for (const size of [PHONE, { width: 1280, height: 900 }]) {
      const page = await personAt(browser, line.url, { viewport: size, extraHTTPHeaders: { 'accept-encoding': 'identity' } });
      await page.goto(customer.link);
      assert.deepEqual(await layoutShifts(page), [], `${customer.language}, ${size.width} px`);
      await tapAnswers(page, decide(await questions(page), 1));
      await goOn(page);
      assert.deepEqual(await layoutShifts(page), [], `${customer.language}, ${size.width} px, the next page`);
      await page.context().close();
    }
  }
});

test('the page that describes the API asks nobody else', async () => {
  const page = await personAt(browser, shop.url);
  await page.goto('/api/docs/');
  await page.locator('.opblock').first().waitFor();
  assert.ok(page.requests.length > 1);
  assert.deepEqual(page.requests.filter((url) => !url.startsWith(shop.url) && !url.startsWith('data:')), []);
  assert.deepEqual(page.complaints, []);
});
