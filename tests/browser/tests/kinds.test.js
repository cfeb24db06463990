// Every kind of question: answered by the keyboard alone without script in each way of asking, with and without branches;
// no page of it breaks a rule of accessibility, is too wide or has wrong markup, also after answers that cannot be taken.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { wronglyAnnounced } from '../src/announced.js';
import { axeProblems, colourProblems } from '../src/axe.js';
import { answerByKeyboard } from '../src/by_keyboard.js';
import { personAt, startChromium } from '../src/chromium.js';
import { layoutProblems } from '../src/layout.js';
import { decide, goOn, isForm, questions, tapAnswers } from '../src/person.js';
import { SCHEMES, take } from '../src/pictures.js';
import { Shop } from '../src/shop.js';
import { htmlErrors } from '../src/validator.js';

const SAMPLER = fileURLToPath(new URL('../../fixtures/sampler.toml', import.meta.url));

/** People who choose differently: some are led through the branches, some past them. */
const PEOPLE = 2;

const shop = await Shop.open();
const browser = await startChromium();
const sources = mkdtempSync(join(tmpdir(), 'laatu-browser-kinds-'));
after(async () => {
  await browser.close();
  await shop.close();
  rmSync(sources, { recursive: true, force: true });
});

await shop.publish(SAMPLER);
const customers = [];
const seen = [];
for (const mode of await shop.modes('sampler')) {
  const survey = await shop.startedSurvey(mode);
  const invited = await shop.invite(survey, survey.languages.flatMap((language) => Array(PEOPLE).fill(language)));
  customers.push(...invited.map((customer) => ({ customer, mode })));
  // Pages are looked at where each section has one.
  if (mode.length === 'standard' && [undefined, 'section'].includes(mode.paging)) {
    seen.push(...await shop.invite(survey, survey.languages));
  }
  await shop.pause(survey);
}

for (const { customer, mode } of customers) {
  const way = [mode.length, mode.paging, customer.language, customer.order].filter(Boolean).join(', ');
  test(`every kind by keyboard without script: ${way}`, () => answerByKeyboard(browser, shop, customer));
}

for (const customer of seen) {
  test(`every page of every kind: ${customer.language}`, (t) => everyPage(t, customer));
}

test('the HTML of every page seen is right', () => {
  assert.deepEqual(htmlErrors(sources), []);
});

/** What each field gets on the way through both branches. */
const THROUGH_BRANCHES = { recurred: '1', mending_done: '2' };
/** What cannot be taken. */
const WRONG = { times: 'many', matters__speed: '1', matters__price: '1', used__page: '1', used__nothing: '1' };

async function everyPage(t, customer) {
  const page = await personAt(browser, shop.url);
  await page.goto(customer.link);
  for (let pages = 1; await isForm(page); pages += 1) {
    await t.test(`page ${pages}`, () => look(page, customer.language, `kinds-${pages}`));
    const asked = await questions(page);
    const wrong = only(WRONG, asked);
    if (Object.keys(wrong).length > 0) {
      await tapAnswers(page, wrong);
      await goOn(page);
      assert.equal(page.arrived.status(), 422);
      await t.test(`page ${pages}, wrong`, () => look(page, customer.language, `kinds-${pages}-wrong`));
      await tapAnswers(page, only({ used__nothing: '1' }, asked));
    }
    const right = { ...decide(asked, 0), ...only(THROUGH_BRANCHES, asked) };
    // It is ticked already, and a second tap would take it away.
    delete right.used__page;
    await tapAnswers(page, right);
    await goOn(page);
  }
  await t.test('thanks', () => look(page, customer.language, 'kinds-thanks'));
  await page.context().close();
}

function only(answers, asked) {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => asked.some((one) => one.name === name)));
}

async function look(page, language, state) {
  const problems = [];
  if (await isForm(page)) problems.push(...await wronglyAnnounced(page));
  for (const [scheme, media] of Object.entries(SCHEMES)) {
    await page.emulateMedia(media);
    const found = scheme === 'light' ? await axeProblems(page) : await colourProblems(page);
    problems.push(...found.map((problem) => `${scheme}: ${problem}`));
    await take(page, language, state, scheme);
  }
  await page.emulateMedia(SCHEMES.light);
  problems.push(...await layoutProblems(page));
  writeFileSync(join(sources, `${language}-${state}.html`), await page.arrived.text());
  assert.deepEqual(problems, []);
}
