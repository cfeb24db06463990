// What a person does on a page of the form, by keyboard or by touch; nothing here runs script in the page that the page
// would notice, so all of it works with script switched off.

import assert from 'node:assert/strict';

/** Words that a person writes into a box. */
export const WORDS = 'Kiitos! Gyors volt, świetnie – <b>thank you</b> & "bye".';

/** Most Tab presses on one page; more would be a trap. */
const MOST_STOPS = 150;

/** Whether this is a page with questions. */
export async function isForm(page) {
  return (await page.locator('form#f').count()) === 1;
}

/** The fields of a page: of each its kind and, where it offers some, the values of its answers. */
export async function questions(page) {
  return page.$$eval('form#f :is(input:not([type=hidden]), textarea, select)', (fields) => {
    const found = new Map();
    for (const field of fields) {
      const kind = field.inputMode === 'numeric' ? 'number' : field.type || field.tagName.toLowerCase();
      const question = found.get(field.name) ?? { name: field.name, kind, values: [] };
      const offered = field.options ? [...field.options].map((option) => option.value).filter(Boolean) : [field.value];
      question.values.push(...offered);
      found.set(field.name, question);
    }
    return [...found.values()];
  });
}

/** What is chosen on a page, by question. */
export async function chosen(page) {
  return page.$$eval('form#f input:checked', (fields) => Object.fromEntries(fields.map((one) => [one.name, one.value])));
}

/** An answer for each question, another one for each round; the words for boxes. */
export function decide(asked, round) {
  const answers = asked.flatMap((field, place) => {
    const { name, kind, values } = field;
    if (kind === 'radio') return [[name, values[(place + round) % values.length]]];
    if (kind === 'checkbox' || kind === 'select-one') {
      const together = asked.filter((one) => questionOf(one.name) === questionOf(name));
      const turn = (together.indexOf(field) + round) % together.length;
      // One box of each question; of a ranking every place once.
      if (kind === 'checkbox') return turn === 0 ? [[name, values[0]]] : [];
      return [[name, values[turn]]];
    }
    return [[name, kind === 'number' ? '3' : WORDS]];
  });
  return Object.fromEntries(answers);
}

/** The question that a field belongs to: boxes and places have one field for each option. */
export function questionOf(name) {
  return name.split('__')[0];
}

/** Answers a page by taps or clicks on labels, and stays on it. */
export async function tapAnswers(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const list = page.locator(`form#f select[name="${name}"]`);
    if (await list.count() > 0) {
      await list.selectOption(value);
      continue;
    }
    const box = page.locator(`form#f :is(textarea, input:not([type=radio], [type=checkbox]))[name="${name}"]`);
    if (await box.count() > 0) {
      await box.fill(value);
      continue;
    }
    const option = page.locator(`input[name="${name}"][value="${value}"]`);
    await page.locator('label', { has: option }).click();
  }
}

/** Presses what leads to another page, and waits until that is there: on a busy machine a click is done long before. */
export async function press(page, selector) {
  await Promise.all([page.waitForEvent('load'), page.locator(selector).click()]);
}

/** Presses the button that goes on. */
export async function goOn(page) {
  await press(page, 'form#f button:not([name])');
}

/** Presses another language, first unfolding them when they are many. */
export async function chooseLanguage(page, tag) {
  const folded = page.locator('nav summary');
  if (await folded.count() > 0) await folded.click();
  await press(page, `button[name=language][value=${tag}]`);
}

/** Answers every page from this one on by taps; gives what was answered. */
export async function tapThrough(page, round) {
  const given = {};
  for (let pages = 0; await isForm(page); pages += 1) {
    assert.ok(pages < 60, 'the form does not end');
    const answers = decide(await questions(page), round + pages);
    await tapAnswers(page, answers);
    Object.assign(given, answers);
    await goOn(page);
  }
  return given;
}

/**
 * Answers one page with the keyboard alone and sends it: Tab from field to field, Space and arrows to choose, Enter on
 * the button. Gives what was answered, and every stop on the way.
 */
export async function typeThroughPage(page, round) {
  const asked = await questions(page);
  const answers = decide(asked, round);
  const stops = [];
  const met = new Set();
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await whereFocusIs(page);
    stops.push(stop);
    if (stop.name in answers && !met.has(stop.name)) {
      met.add(stop.name);
      await typeAnswer(page, asked.find((one) => one.name === stop.name), answers[stop.name]);
      stops.push(await whereFocusIs(page));
    } else if (stop.isGoOn) {
      assert.deepEqual([...met], Object.keys(answers), 'Tab comes to every question, in the order of the page');
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      return { answers, stops };
    }
  }
  throw new Error(`no way to the button by Tab: ${JSON.stringify(stops.slice(-5))}`);
}

async function typeAnswer(page, question, answer) {
  if (question.kind === 'radio') {
    // The first one is under the focus; arrows walk through the others and choose them.
    const place = question.values.indexOf(answer);
    if (place === 0) await page.keyboard.press('Space');
    for (let step = 0; step < place; step += 1) await page.keyboard.press('ArrowDown');
  } else if (question.kind === 'checkbox') {
    await page.keyboard.press('Space');
  } else {
    await page.keyboard.type(answer);
  }
}

/** The element that has the focus: what it is, whether it can be seen, and whether it shows that it has the focus. */
async function whereFocusIs(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const shown = element.closest('label') ?? element;
    const box = shown.getBoundingClientRect();
    const isRinged = [element, shown].some((one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    });
    const isInView = box.bottom > 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth + 1;
    return {
      tag: element.tagName, name: element.name ?? '', text: shown.innerText?.slice(0, 60) ?? '', isRinged, isInView,
      isGoOn: element.tagName === 'BUTTON' && !element.name && !element.classList.contains('first'),
    };
  });
}
