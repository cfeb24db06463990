// The way of one customer through every state that a page can have; each is handed to `look` with its name.

import assert from 'node:assert/strict';

import { personAt } from './chromium.js';
import { decide, goOn, isForm, questions, tapAnswers } from './person.js';

/** Longer than the box for free words takes. */
const TOO_LONG = 'ä'.repeat(2500);

/** What the service answers to each state's page; 200 unless it stands here. */
export const STATUS = { 'wrong-answer': 422, 'long-comment': 422, expired: 410, unknown: 404 };

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
  await page.locator('a[href="?change=1"]').click();
  await look(page, 'changing');
  return page;
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
  const radio = page.locator('form#f input[type=radio]').first();
  await radio.evaluate((input) => {
    input.value = '77';
    input.checked = true;
  });
  await goOn(page);
}

async function resumedElsewhere(browser, base, customer, look) {
  const page = await personAt(browser, base);
  await page.goto(customer.link);
  await look(page, 'resumed');
  await page.context().close();
}
