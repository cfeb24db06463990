// One customer from the mailed link to the stored answer, with the keyboard alone.

import assert from 'node:assert/strict';

import { wronglyAnnounced } from './announced.js';
import { PHONE, personAt } from './chromium.js';
import { isForm, questionOf, typeThroughPage } from './person.js';

/** Answers a form with the keyboard alone, without script, on a phone's width; what is stored is what was chosen. */
export async function answerByKeyboard(browser, shop, customer) {
  const page = await personAt(browser, shop.url, { viewport: PHONE, javaScriptEnabled: false });
  const given = {};
  await page.goto(customer.link);
  assert.equal(await page.getAttribute('html', 'lang'), customer.language);
  for (let pages = 0; await isForm(page); pages += 1) {
    assert.deepEqual(await wronglyAnnounced(page), []);
    const { answers, stops } = await typeThroughPage(page, pages + Number(customer.order.slice(1)));
    assert.deepEqual(stops.filter((stop) => !stop.isRinged || !stop.isInView), [], 'the focus is seen at every stop');
    Object.assign(given, answers);
  }
  const listed = await page.locator('dl dd').allInnerTexts();
  const questions = new Set(Object.keys(given).map(questionOf));
  assert.equal(listed.length, questions.size, 'the last page lists each answer');
  await page.context().close();
  await assertStored(shop, customer, given);
}

async function assertStored(shop, customer, given) {
  const response = await shop.response(customer);
  assert.equal(response.language, customer.language);
  assert.equal(response.finished, true);
  for (const [name, value] of Object.entries(given)) {
    const stored = name === 'comment' ? response.comment?.words : response.answers[name] ?? response.texts?.[name];
    if (value === 'na') assert.ok(['not_applicable', 'dont_know'].includes(stored), `${name}: ${stored}`);
    else assert.equal(String(stored), value, name);
  }
}
