// Sandboxes: a Chromium with script that does to the page of a link what a careful machine might do.

import { createServer } from 'node:http';

/** Most links that a sandbox follows from one page to the next. */
const MOST_LINKS = 20;

/** Opens a link in a profile of its own, does something there, and closes it. */
async function inBrowser(browser, url, options, act) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(url);
  await act(page);
  await context.close();
}

/** Opens every address of this service that can be reached by links alone. */
async function followAll(page, url) {
  const open = [url];
  const seen = new Set();
  while (open.length > 0 && seen.size < MOST_LINKS) {
    const next = open.pop();
    if (seen.has(next)) continue;
    seen.add(next);
    // A file to be saved is no page to go on from.
    const arrived = await page.goto(next).catch((error) => {
      if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
    });
    if (!arrived) continue;
    const links = await page.$$eval('a[href]', (all) => all.map((link) => link.href));
    open.push(...links.filter((link) => link.startsWith(new URL(url).origin)));
  }
}

/** Unfolds what is folded. */
async function unfold(page) {
  for (const summary of await page.locator('details:not([open]) > summary').all()) await summary.click();
}

async function hoverAll(page) {
  await unfold(page);
  for (const element of await page.locator('a, button:not(.first), label').all()) await element.hover();
}

/** Presses each button of the page once, each time on a fresh copy of it. */
async function pressEach(page, url) {
  const buttons = page.locator('button:not(.first)');
  const count = await buttons.count();
  for (let place = 0; place < count; place += 1) {
    await page.goto(url);
    await unfold(page);
    await page.locator('button:not(.first)').nth(place).click();
  }
}

/** A page of a mail reader on the web that holds the link in every way in which a page can hold one. */
async function inMailReader(browser, url) {
  const markup = `<!doctype html><title>Inbox</title><link rel="prefetch" href="${url}"><link rel="preload" as="fetch" href="${url}">
    <script type="speculationrules">{"prefetch":[{"source":"list","urls":["${url}"]}],"prerender":[{"source":"list","urls":["${url}"]}]}</script>
    <img src="${url}" alt=""><iframe src="${url}"></iframe><object data="${url}"></object>
    <script>fetch("${url}", { mode: 'no-cors' }).then(() => { document.title = 'fetched' })</script>`;
  const reader = createServer((request, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end(markup));
  await new Promise((resolve) => reader.listen(0, '127.0.0.1', resolve));
  try {
    await inBrowser(browser, `http://127.0.0.1:${reader.address().port}/`, {}, (page) =>
      page.waitForFunction(() => document.title === 'fetched'));
  } finally {
    reader.closeAllConnections();
    reader.close();
  }
}

/** The profiles that are browsers; each is given the address of a link and a Chromium. */
export const BROWSERS = {
  'a sandbox looks, scrolls and takes a picture': (url, browser) => inBrowser(browser, url, {}, async (page) => {
    await page.mouse.wheel(0, 5000);
    await page.screenshot({ fullPage: true });
  }),
  'a sandbox prints the page': (url, browser) => inBrowser(browser, url, {}, (page) => page.pdf()),
  'a sandbox follows every link': (url, browser) => inBrowser(browser, url, {}, (page) => followAll(page, url)),
  'a sandbox moves the pointer over everything': (url, browser) => inBrowser(browser, url, {}, hoverAll),
  'a sandbox presses Tab a hundred times': (url, browser) => inBrowser(browser, url, {}, async (page) => {
    for (let count = 0; count < 100; count += 1) await page.keyboard.press('Tab');
  }),
  'a sandbox reloads, goes back and forth': (url, browser) => inBrowser(browser, url, { isMobile: true, hasTouch: true }, async (page) => {
    for (let count = 0; count < 3; count += 1) await page.reload();
    await page.goto(`${url}?language=fi`);
    await page.goBack();
    await page.goForward();
  }),
  'a sandbox sends every form as it stands': (url, browser) => inBrowser(browser, url, {}, (page) => Promise.all([
    page.waitForNavigation(),
    page.evaluate(() => [...document.forms].forEach((form) => form.submit())),
  ])),
  'a sandbox presses every button once': (url, browser) => inBrowser(browser, url, {}, (page) => pressEach(page, url)),
  'a mail reader prefetches, prerenders, frames and embeds it': (url, browser) => inMailReader(browser, url),
};
