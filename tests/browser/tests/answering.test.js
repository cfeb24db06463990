// With script switched off, on 320 px and by the keyboard alone, a person answers every instrument, every way of asking and
// every language; what is stored is what was chosen, and a screen reader is told each question once.

import { after, test } from 'node:test';

import { answerByKeyboard } from '../src/by_keyboard.js';
import { startChromium } from '../src/chromium.js';
import { Shop } from '../src/shop.js';

/** Up to so many people for an instrument, each way of asking meets each language; beyond, each of both is still met. */
const MOST_PEOPLE = 8;

const shop = await Shop.open();
const browser = await startChromium();
after(async () => {
  await browser.close();
  await shop.close();
});

const customers = [];
for (const instrument of await shop.instruments()) {
  const modes = await shop.modes(instrument);
  const surveys = await Promise.all(modes.map((mode) => shop.survey(mode)));
  for (const [place, survey] of surveys.entries()) {
    // Only one survey runs at a time, so that an order has one mail.
    await shop.start(survey);
    const invited = await shop.invite(survey, languagesOf(place, modes.length, survey.languages));
    await shop.pause(survey);
    customers.push(...invited.map((customer) => ({ customer, mode: modes[place] })));
  }
}

for (const { customer, mode } of customers) {
  const way = [mode.instrument, mode.length, mode.paging, customer.language].filter(Boolean).join(', ');
  test(`answered by keyboard without script: ${way}`, () => answerByKeyboard(browser, shop, customer));
}

/** All languages where that are not too many people, else those whose turn it is, so that every one has a turn. */
function languagesOf(place, modes, languages) {
  if (modes * languages.length <= MOST_PEOPLE) return languages;
  const turn = languages.filter((_, index) => index % modes === place);
  return turn.length > 0 ? turn : [languages[place % languages.length]];
}
