// What can be measured of a page: whether it fits, whether anything is cut off or covered, and how large its targets are.

import { DESK, PHONE } from './chromium.js';

/** Smallest height of a label, in CSS pixels. */
const LABEL_PX = 44;

/** Smallest distance between two labels of a question. */
const APART_PX = 8;

/** Smallest height and width of any other target that stands alone (WCAG 2.2, 2.5.8). */
const TARGET_PX = 24;

/** Below this a shift is 0.000 for everybody who measures it: a button whose own word arrives in two parts. */
const UNSEEN = 0.0005;

/** The spacing that WCAG 1.4.12 names: nothing may get lost when a reader sets it. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
  p { margin-block-end: 2em !important }`;

/** What has moved since the page came, as Chromium saw it: each with how far; an empty list when nothing has.
 *  A text that stands where it stood has not moved: Chromium also reports a right-to-left line whose end came later. */
export async function layoutShifts(page) {
  return page.evaluate((unseen) => new Promise((resolve) => {
    const found = [];
    const stays = ({ previousRect, currentRect }) =>
      ['x', 'y', 'width', 'height'].every((side) => Math.abs(previousRect[side] - currentRect[side]) < 0.5);
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.value < unseen || (entry.sources.length > 0 && entry.sources.every(stays))) continue;
        const what = entry.sources.map(({ node, previousRect, currentRect }) =>
          `${node?.nodeName} "${node?.textContent.trim().slice(0, 30)}" ${place(previousRect)} to ${place(currentRect)}`);
        found.push(`moves by ${entry.value.toFixed(4)}: ${what.join(', ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
    // Buffered entries are handed over before the second frame.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(found)));
  }), UNSEEN);
}

/**
 * The same, but only what also moves when the very same page comes a second time, whole: on a busy machine a part of a page
 * can be shown before the rest of it has come, and what moves then is another part each time. How pages come over a
 * slow line is looked at by itself (`manners.test.js`).
 */
export async function lastingShifts(page) {
  const first = await layoutShifts(page);
  if (first.length === 0) return first;
  const [url, status, headers, body] = [page.url(), page.arrived.status(), page.arrived.headers(), await page.arrived.text()];
  delete headers['content-encoding'];
  delete headers['content-length'];
  const tab = await page.context().newPage();
  await tab.setViewportSize(page.viewportSize());
  await tab.route('**', (route) => route.fulfill({ status, headers, body }));
  await tab.goto(url);
  const again = await layoutShifts(tab);
  await tab.close();
  return again.length > 0 ? first : [];
}

/** What does not fit on a phone, at a desk, at 400 % zoom, and on each with more spacing; leaves the page at the desk. */
export async function layoutProblems(page) {
  const problems = [];
  const look = async (where) => problems.push(...(await misfits(page)).map((problem) => `${where}: ${problem}`));
  await page.setViewportSize(PHONE);
  await look('320 px');
  await withSpacing(page, true);
  await look('320 px with spacing');
  await page.setViewportSize(DESK);
  await look('1280 px with spacing');
  await withSpacing(page, false);
  await look('1280 px');
  await page.setViewportSize({ width: 700, height: 900 });
  await look('700 px');
  problems.push(...await zoomed(page));
  await page.setViewportSize(DESK);
  return problems;
}

/** The same at 400 %: a window of 1280 by 1024 pixels then has 320 by 256 CSS pixels. */
async function zoomed(page) {
  const session = await page.context().newCDPSession(page);
  const metrics = { width: 320, height: 256, deviceScaleFactor: 4, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
  const problems = (await misfits(page)).map((problem) => `400 %: ${problem}`);
  await session.send('Emulation.clearDeviceMetricsOverride');
  await session.detach();
  return problems;
}

/** A reader's own style sheet, as extensions set it: the page's policy does not bind it. */
async function withSpacing(page, isOn) {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  }, isOn ? SPACING : '');
}

async function misfits(page) {
  return page.evaluate(({ label, target, apart }) => {
    const problems = [];
    const name = (element) => `${element.tagName.toLowerCase()} "${(element.innerText ?? '').slice(0, 40)}"`;
    const isHidden = (element) => element.closest('.first, .hidden') !== null || !element.checkVisibility();
    const all = [...document.body.querySelectorAll('*')].filter((element) => !isHidden(element));
    const root = document.scrollingElement;
    if (root.scrollWidth > root.clientWidth) problems.push(`${root.scrollWidth - root.clientWidth} px too wide`);
    for (const element of all) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && (box.left < -1 || box.right > root.clientWidth + 1)) problems.push(`sticks out: ${name(element)}`);
      if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible') {
        problems.push(`cut off: ${name(element)}`);
      }
    }
    problems.push(...smallTargets(), ...closeLabels(), ...coveredTexts());
    return [...new Set(problems)];

    function smallTargets() {
      const isInText = (element) => element.tagName === 'A' && getComputedStyle(element).display === 'inline';
      const targets = all.filter((element) => element.matches('label, button, a, textarea, select') && !isInText(element));
      return targets.filter((element) => {
        const box = element.getBoundingClientRect();
        const isOption = element.matches('label') && element.querySelector('input');
        return box.height < (isOption ? label : target) - 0.01 || box.width < target;
      }).map((element) => `small: ${name(element)} ${element.getBoundingClientRect().height} px high`);
    }

    function closeLabels() {
      return [...document.querySelectorAll('fieldset')].flatMap((question) => {
        const boxes = [...question.querySelectorAll('label')].map((one) => one.getBoundingClientRect());
        const isClose = boxes.some((one, place) => place > 0 && distance(one, boxes[place - 1]) < apart - 0.01);
        return isClose ? [`options too close: ${name(question)}`] : [];
      });
    }

    function distance(one, other) {
      const gap = (from, to) => Math.max(one[from] - other[to], other[from] - one[to]);
      return Math.max(gap('left', 'right'), gap('top', 'bottom'));
    }

    // The lines of any two texts never lie on each other.
    function coveredTexts() {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const lines = [];
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (!text.data.trim() || isHidden(text.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) lines.push({ text, box });
      }
      const found = [];
      for (const [place, one] of lines.entries()) {
        for (const other of lines.slice(place + 1)) {
          const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          // Boxes of lines are higher than their letters; a third of a line is more than neighbours ever share.
          const limit = Math.min(one.box.height, other.box.height) / 3;
          if (one.text !== other.text && wide > 1 && high > limit) {
            found.push(`covered: "${one.text.data.trim().slice(0, 30)}" and "${other.text.data.trim().slice(0, 30)}"`);
          }
        }
      }
      return found;
    }
  }, { label: LABEL_PX, target: TARGET_PX, apart: APART_PX });
}
