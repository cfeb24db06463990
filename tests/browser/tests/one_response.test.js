// However people wander about, each of them has exactly one response, with what they chose last.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { PHONE, personAt, startChromium } from '../src/chromium.js';
import { chooseLanguage, chosen, decide, goOn, isForm, press, questions, tapAnswers, tapThrough } from '../src/person.js';
import { Shop } from '../src/shop.js';

/** A telephone without script, and a desk. */
const TELEPHONE = { viewport: PHONE, javaScriptEnabled: false, hasTouch: true, isMobile: true };

const shop = await Shop.open();
const browser = await startChromium();
after(async () => {
  await browser.close();
  await shop.close();
});
const survey = await shop.startedSurvey({ length: 'standard' });
const [first, second, third, fourth] = await shop.invite(survey, ['en', 'en', 'en', 'en']);
const [other] = survey.languages.filter((tag) => tag !== 'en');

test('two devices, another language in the middle, twice back, sent twice: one response with the last codes', async () => {
  const phone = await personAt(browser, shop.url, TELEPHONE);
  await phone.goto(first.link);
  const given = await answerPage(phone, 1);
  Object.assign(given, await answerPage(phone, 2));

  const desk = await personAt(browser, shop.url);
  await desk.goto(first.link);
  const half = decide((await questions(desk)).slice(0, 2), 3);
  await tapAnswers(desk, half);
  await chooseLanguage(desk, other);
  assert.equal(await desk.getAttribute('html', 'lang'), other);
  assert.deepEqual(await chosen(desk), half, 'what was chosen is still chosen in the other language');

  await back(desk);
  await back(desk);
  const changed = decide(await questions(desk), 4);
  assert.notDeepEqual(await chosen(desk), changed);
  await tapAnswers(desk, changed);
  await goOn(desk);
  await goOn(desk);
  assert.deepEqual(await chosen(desk), half);
  Object.assign(given, changed, await tapThrough(desk, 5));
  await desk.goBack();
  assert.ok(await isForm(desk));
  await goOn(desk);
  assert.equal(await isForm(desk), false, 'sent again, the last page leads to the thanks');

  const response = await shop.response(first);
  assert.equal(response.language, other);
  assertCodes(response, given);
  const all = await shop.responses(survey, '?revisions=all');
  assert.equal(all.filter((one) => one.response_id === first.id).length, 1, 'sent twice is no correction');
});

test('the browser\'s own way back and a new sending: the last words count', async () => {
  const page = await personAt(browser, shop.url, TELEPHONE);
  await page.goto(second.link);
  const given = await answerPage(page, 0);
  Object.assign(given, await answerPage(page, 1));
  await page.goBack();
  await page.goBack();
  const anew = decide(await questions(page), 3);
  await tapAnswers(page, anew);
  await goOn(page);
  // The second page comes with what was chosen on it before.
  await goOn(page);
  Object.assign(given, anew, await tapThrough(page, 2));
  assertCodes(await shop.response(second), given);
});

test('at a counter: back to the first page and sent again is still one visitor', async () => {
  const desk = await shop.openSurvey({ length: 'standard' });
  const page = await personAt(browser, shop.url, TELEPHONE);
  await page.goto(desk.link);
  await answerPage(page, 0);
  const given = {};
  await page.goBack();
  Object.assign(given, await answerPage(page, 2));
  assert.ok(page.url().endsWith('/2'), page.url());
  Object.assign(given, await tapThrough(page, 3));
  await page.goto(desk.link);
  assert.deepEqual(await chosen(page), {}, 'who opens the link anew begins anew');
  const all = await shop.responses(desk);
  assert.equal(all.length, 1);
  assert.equal(all[0].collection_mode, 'open_link');
  assertCodes(all[0], given);
});

test('both thumbs at once: two tabs send the last page at the same moment', async () => {
  const left = await personAt(browser, shop.url);
  await left.goto(third.link);
  const given = {};
  while (await left.locator('form#f textarea').count() === 0) Object.assign(given, await answerPage(left, 1));
  const right = await left.context().newPage();
  await right.goto(left.url());
  const last = decide(await questions(left), 2);
  await tapAnswers(left, last);
  await tapAnswers(right, last);
  await Promise.all([goOn(left), goOn(right)]);
  for (const tab of [left, right]) {
    await tab.waitForLoadState();
    assert.equal(await isForm(tab), false);
  }
  assertCodes(await shop.response(third), Object.assign(given, last));
});

test('answers already sent are changed: one response, the next revision', async () => {
  const page = await personAt(browser, shop.url);
  await page.goto(fourth.link);
  const given = await tapThrough(page, 1);
  await press(page, 'a[href="?change=1"]');
  const anew = decide(await questions(page), 4);
  await tapAnswers(page, anew);
  await goOn(page);
  const response = await shop.response(fourth);
  assert.equal(response.revision, 2);
  assertCodes(response, Object.assign(given, anew));
});

async function answerPage(page, round) {
  const answers = decide(await questions(page), round);
  await tapAnswers(page, answers);
  await goOn(page);
  return answers;
}

async function back(page) {
  await press(page, 'form#f button[name=go][value=back]');
}

/** Every question that was answered has its code, and nothing else has one. */
function assertCodes(response, given) {
  const codes = Object.entries(response.answers).filter(([, value]) => value !== 'not_shown');
  const expected = Object.entries(given).filter(([name]) => name !== 'comment');
  assert.deepEqual(
    Object.fromEntries(codes.map(([name, value]) => [name, ['not_applicable', 'dont_know'].includes(value) ? 'na' : String(value)])),
    Object.fromEntries(expected.sort(([a], [b]) => codes.findIndex(([name]) => name === a) - codes.findIndex(([name]) => name === b))),
  );
  assert.equal(response.comment?.words ?? null, given.comment ?? null);
}
