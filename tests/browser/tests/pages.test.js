// Every page in every state and language: no rule of accessibility is broken in any colour scheme, nothing is cut off or too
// small at any width, nothing moves, nothing else is asked for, and the markup is right.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { wronglyAnnounced } from '../src/announced.js';
import { axeProblems, colourProblems } from '../src/axe.js';
import { startChromium } from '../src/chromium.js';
import { isForm } from '../src/person.js';
import { lastingShifts, layoutProblems } from '../src/layout.js';
import { SCHEMES, take } from '../src/pictures.js';
import { Shop } from '../src/shop.js';
import {
  NO_OWN_WORDS, OWN_WORDS, STATUS, alone, atTheCounter, inOwnWords, lookedAt, noMoreMails, ownData, today, twoDaysLater,
} from '../src/states.js';
import { htmlErrors } from '../src/validator.js';

/** Largest first page with everything in it, compressed, in bytes. */
const FIRST_PAGE_BYTES = 14_000;

/** So many pages are looked at in one test at once. */
const AT_ONCE = { concurrency: 2 };

/** A link of the right shape that nobody was ever sent. */
const UNKNOWN = `/s/${'a'.repeat(10)}.${'b'.repeat(32)}`;

const shop = await Shop.open();
const browser = await startChromium();
const sources = mkdtempSync(join(tmpdir(), 'laatu-browser-pages-'));
after(async () => {
  await browser.close();
  await shop.close();
  rmSync(sources, { recursive: true, force: true });
});

const survey = await shop.startedSurvey({ length: 'standard' });
const whole = await shop.invite(survey, survey.languages);
const silent = await shop.invite(survey, survey.languages);
await shop.pause(survey);
const short = await shop.startedSurvey({ length: 'quick' });
const hurried = await shop.invite(short, short.languages);
const unhappy = await shop.invite(short, short.languages);
await shop.pause(short);

test('one question a page', AT_ONCE, (t) => Promise.all(hurried.map((customer) =>
  alone(browser, shop.url, customer.link, looking(t, customer.language), 'quick-first'))));

test('in the colour and the words of the organisation', async (t) => {
  await shop.say(OWN_WORDS);
  await t.test('every language', AT_ONCE, (all) => Promise.all(unhappy.map((customer) =>
    inOwnWords(browser, shop.url, customer, looking(all, customer.language)))));
  await shop.say(NO_OWN_WORDS);
});

const desk = await shop.openSurvey();
test('an open link', AT_ONCE, (t) => Promise.all(desk.languages.map((language) =>
  atTheCounter(browser, shop.url, desk.link, language, looking(t, language)))));

test('an open link that begins nothing', AT_ONCE, async (t) => {
  const each = (state) => Promise.all(desk.languages.map((language) =>
    alone(browser, shop.url, `${desk.link}?language=${language}`, looking(t, language), state)));
  await shop.pause(desk);
  await each('open-resting');
  await shop.start(desk);
  await shop.closeLink(desk);
  await each('open-closed');
});

const preview = await shop.preview(survey);
test('a preview', AT_ONCE, (t) => Promise.all(survey.languages.map((language) =>
  lookedAt(browser, shop.url, preview, language, looking(t, language)))));

const tabs = new Map();
test('on the day of the mail', AT_ONCE, (t) => Promise.all(whole.map(async (customer) => {
  tabs.set(customer, await today(browser, shop.url, customer, looking(t, customer.language)));
})));

test('a link that nobody was sent', (t) => alone(browser, shop.url, UNKNOWN, looking(t, 'en'), 'unknown'));

test('the first page is small, and all of it comes with one request', async () => {
  for (const customer of silent) {
    const answer = await fetch(shop.url + customer.link, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    const bytes = Number(answer.headers.get('content-length'));
    assert.ok(bytes > 0 && bytes <= FIRST_PAGE_BYTES, `${customer.language}: ${bytes} bytes`);
  }
});

test('no more mails', AT_ONCE, (t) => Promise.all(silent.map((customer) =>
  noMoreMails(browser, shop.url, customer, looking(t, customer.language)))));

test('two days later', AT_ONCE, async (t) => {
  await shop.desk.servedLater(2);
  await Promise.all([...tabs].map(([customer, tab]) =>
    twoDaysLater(browser, shop.url, customer, tab, looking(t, customer.language))));
});

test('when the link has run out', AT_ONCE, async (t) => {
  await shop.desk.servedLater(61);
  await Promise.all(silent.map((customer) =>
    alone(browser, shop.url, customer.link, looking(t, customer.language), 'expired')));
});

test("one's own data, and its end", AT_ONCE, (t) => Promise.all(whole.map((customer) =>
  ownData(browser, shop.url, customer, looking(t, customer.language)))));

test('the HTML of every page seen is right', () => {
  assert.deepEqual(htmlErrors(sources), []);
});

/** Looks at a page in a state as a test of its own. */
function looking(t, language) {
  return (page, state) => t.test(`${language}, ${state}`, () => look(page, language, state));
}

async function look(page, language, state) {
  const problems = await loadProblems(page, language, state);
  if (await isForm(page)) problems.push(...await wronglyAnnounced(page));
  for (const [scheme, media] of Object.entries(SCHEMES)) {
    await page.emulateMedia(media);
    const found = scheme === 'light' ? await axeProblems(page) : await colourProblems(page);
    problems.push(...found.map((problem) => `${scheme}: ${problem}`));
    await take(page, language, state, scheme);
  }
  await page.emulateMedia(SCHEMES.light);
  problems.push(...await layoutProblems(page));
  assert.deepEqual(problems, []);
}

/** What is wrong with how a page came. */
async function loadProblems(page, language, state) {
  const problems = page.complaints.splice(0).map((words) => `the browser complains: ${words}`);
  const status = page.arrived.status();
  if (status !== (STATUS[state] ?? 200)) problems.push(`status ${status}`);
  problems.push(...await lastingShifts(page));
  const own = ['/s/', '/p/', '/u/', '/o/', '/v/'].map((begin) => shop.url + begin);
  const extra = page.requests.slice(1).filter((url) => !own.some((begin) => url.startsWith(begin)));
  if (extra.length > 0) problems.push(`also asks for ${extra}`);
  const shown = await page.getAttribute('html', 'lang');
  if (shown !== language) problems.push(`speaks ${shown}`);
  writeFileSync(join(sources, `${language}-${state}.html`), await page.arrived.text());
  return problems;
}
