// Programs open the links of mails before people do. None of them answers anything, and the person who comes after them
// finds the form untouched.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { personAt, startChromium } from '../src/chromium.js';
import { chosen, tapThrough } from '../src/person.js';
import { PROFILES } from '../src/scanners.js';
import { Shop } from '../src/shop.js';

/** Whoever presses a button may begin a form (another language is a wish), but answers nothing. */
const PRESSES = new Set(['a sandbox presses every button once']);

const names = Object.keys(PROFILES);
const shop = await Shop.open();
const browser = await startChromium();
after(async () => {
  await browser.close();
  await shop.close();
});
const survey = await shop.startedSurvey({ length: 'standard' });
const customers = await shop.invite(survey, names.map(() => 'en'));

for (const [place, name] of names.entries()) {
  const customer = customers[place];
  test(`${name}: nothing is answered`, async () => {
    const before = await invitation(customer);
    assert.equal(before.state, 'sent');
    await PROFILES[name](shop.url + customer.link, browser);
    if (!PRESSES.has(name)) assert.deepEqual(await invitation(customer), before, 'nothing is even begun');
    assert.deepEqual(await shop.responses(survey), []);
    const page = await personAt(browser, shop.url);
    await page.goto(customer.link);
    assert.deepEqual(await chosen(page), {}, 'nothing is chosen for the person who comes now');
    await page.context().close();
  });
}

test("no program that opens the link to one's own data erases anything", async () => {
  const before = await shop.invitations();
  for (const [place, name] of names.entries()) {
    const { ownData } = customers[place];
    await PROFILES[name](shop.url + ownData, browser);
    assert.equal((await fetch(shop.url + ownData)).status, 200, name);
  }
  assert.deepEqual(await shop.invitations(), before);
});

test('no program that opens the link to no more mails ends any', async () => {
  for (const [place, name] of names.entries()) {
    // Whoever presses the one button of that page asks for it.
    if (PRESSES.has(name)) continue;
    await PROFILES[name](shop.url + customers[place].noMore, browser);
  }
  const list = await shop.json(200, 'GET', '/api/v1/suppressions');
  assert.deepEqual(list.suppressions, []);
});

test('after all of them a person answers, and that is the only response', async () => {
  assert.ok(names.length >= 20, 'at least twenty profiles');
  const page = await personAt(browser, shop.url);
  await page.goto(customers[0].link);
  await tapThrough(page, 1);
  const all = await shop.responses(survey);
  assert.deepEqual(all.map((one) => one.response_id), [customers[0].id]);
  const report = await shop.json(200, 'GET', `/api/v1/surveys/${survey.key}/report`);
  assert.equal(report.response_rate.answered, 1);
});

async function invitation(customer) {
  return (await shop.invitations()).find((one) => one.id === customer.id);
}
