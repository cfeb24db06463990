// The way of one customer through every state that a page can have; each is handed to `look` with its name.

import assert from 'node:assert/strict';

import { personAt } from './chromium.js';
import { decide, goOn, isForm, press, questions, tapAnswers } from './person.js';

/** Longer than the box for free words takes. */
const TOO_LONG = 'ä'.repeat(2500);

/** What the service answers to each state's page; 200 unless it stands here. */
export const STATUS = {
  'wrong-answer': 422, 'long-comment': 422, expired: 410, unknown: 404, 'open-wrong': 422, 'open-resting': 503,
  'open-closed': 410,
};

/**
 * Every state on the day of the mail. Gives the tab with the page on which answers already sent are changed: it can be
 * left open.
 */
export async function today(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  await look(page, 'first');
  await goOn(page);
  await look(page, 'left-open');
  await sendWrongAnswer(page, customer);
  await look(page, 'wrong-answer');
  await page.goto(customer.link);
  await answerOnce(page);
  await look(page, 'next');
  await resumedElsewhere(browser, base, customer, look);
  await toBox(page);
  await look(page, 'last');
  await page.locator('form#f textarea').fill(TOO_LONG);
  await goOn(page);
  await look(page, 'long-comment');
  await tapAnswers(page, decide(await questions(page), 3));
  await goOn(page);
  await look(page, 'thanks');
  await press(page, 'a[href="?change=1"]');
  await look(page, 'changing');
  return page;
}

/**
 * The pages of one's own data: from the foot of the form's page to what is kept, to the question, and to the end of it.
 * Each is reached as a person reaches it.
 */
export async function ownData(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  await Promise.all([page.waitForURL('**/p/**'), page.locator('footer a[href^="?data=1"]').click()]);
  await look(page, 'own-data');
  await pressGo(page, 'erase');
  await look(page, 'erase');
  await pressGo(page, 'erase-now');
  await look(page, 'erased');
  await page.context().close();
}

/** The pages of the end of mails: what it is about, done, and taken back. */
export async function noMoreMails(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.noMore);
  await look(page, 'no-more');
  await pressGo(page, 'unsubscribe');
  await look(page, 'no-more-done');
  await pressGo(page, 'undo');
  await look(page, 'no-more-undone');
  await page.context().close();
}

async function pressGo(page, go) {
  await press(page, `button[name=go][value="${go}"]`);
}

/** Every state two days later, when answers cannot be changed any more; `tab` was left open on them. */
export async function twoDaysLater(browser, base, customer, tab, look) {
  const asked = await questions(tab);
  await tapAnswers(tab, decide(asked.slice(0, 1), 2));
  await goOn(tab);
  await look(tab, 'changed-too-late');
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  await look(page, 'thanks-later');
  await page.context().close();
}

/** Everything that an organisation can say and show of its own. */
export const OWN_WORDS = {
  accent: '#b3123e',
  closing_words: 'Fair winds, and come again.',
  you_said_we_did: 'You said that deliveries came late on Fridays.\nWe have a second van on Fridays since March.',
  recovery_offer: {
    words: 'We are sorry about order {{order}}. We deliver it anew, or you get your money back.',
    link: 'https://tuulia.example/help',
  },
};

/** The same as nothing. */
export const NO_OWN_WORDS = { accent: '', closing_words: '', you_said_we_did: '', recovery_offer: { words: '' } };

/** A first page in the organisation's colour, and after the lowest judgement the thank-you page with all its words. */
export async function inOwnWords(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  const first = (await questions(page)).find((one) => one.kind === 'radio');
  await tapAnswers(page, { [first.name]: first.values[0] });
  await look(page, 'own-colour');
  while (await isForm(page)) {
    const asked = (await questions(page)).filter((one) => one.kind === 'radio');
    await tapAnswers(page, Object.fromEntries(asked.map((one) => [one.name, one.values[0]])));
    await goOn(page);
  }
  assert.equal(await page.locator('main .summary').count(), 1, 'help is offered');
  await look(page, 'own-thanks');
  await page.context().close();
}

/** The pages of an open link: the first, what comes back when it is sent wrongly, and how it goes on and ends. */
export async function atTheCounter(browser, base, link, language, look) {
  const page = await personAt(browser, base);
  await page.goto(`${link}?language=${language}`);
  await look(page, 'open-first');
  await chooseWrongly(page);
  await goOn(page);
  await look(page, 'open-wrong');
  await answerOnce(page);
  await look(page, 'open-next');
  while (await isForm(page)) await answerOnce(page);
  await look(page, 'open-thanks');
  await page.context().close();
}

/** Somebody looks at what customers will see: the first page with the rows folded and unfolded, and the last one. */
export async function lookedAt(browser, base, address, language, look) {
  const page = await personAt(browser, base);
  await page.goto(`${address}/section/standard/1/1?language=${language}`);
  await look(page, 'preview-first');
  await page.goto(`${address}/section/standard/1/2?language=${language}&rows=1`);
  await look(page, 'preview-rows');
  await page.goto(`${address}/section/standard/1/thanks?language=${language}`);
  await look(page, 'preview-thanks');
  await page.context().close();
}

/** One more page that stands alone. */
export async function alone(browser, base, path, look, state) {
  const page = await personAt(browser, base);
  await page.goto(path);
  await look(page, state);
  await page.context().close();
}

async function answerOnce(page) {
  await tapAnswers(page, decide(await questions(page), 1));
  await goOn(page);
}

/** Goes on to the page with the box for free words. */
async function toBox(page) {
  while (await page.locator('form#f textarea').count() === 0) {
    assert.ok(await isForm(page), 'a form with a box for free words');
    await answerOnce(page);
  }
  const asked = (await questions(page)).filter((one) => one.kind === 'radio');
  await tapAnswers(page, decide(asked, 1));
}

/** A code that no page offers, as from a page that was changed on the way. */
async function sendWrongAnswer(page, customer) {
  await page.goto(customer.link);
  await chooseWrongly(page);
  await goOn(page);
}

async function chooseWrongly(page) {
  const radio = page.locator('form#f input[type=radio]').first();
  await radio.evaluate((input) => {
    input.value = '77';
    input.checked = true;
  });
}

async function resumedElsewhere(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  await look(page, 'resumed');
  await page.context().close();
}
