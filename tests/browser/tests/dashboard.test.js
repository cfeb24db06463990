// The dashboard in a real browser: with a season of answers and with none, at three widths, light and dark.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';

import { axeProblems } from '../src/axe.js';
import { personAt, startChromium } from '../src/chromium.js';
import { FOLDER } from '../src/pictures.js';
import { Desk } from '../src/program.js';
import { htmlErrors } from '../src/validator.js';

const PASSWORD = 'a calm northern workshop';
const WIDTHS = [360, 768, 1440];
const SURVEY = '/dashboard/surveys/after-delivery';
const PAGES = {
  overview: SURVEY,
  'overview-all': `${SURVEY}?period=all`,
  dimensions: `${SURVEY}/dimensions?period=all`,
  dimension: `${SURVEY}/dimensions/understanding?period=all`,
  expectations: `${SURVEY}/expectations?period=all`,
  channels: `${SURVEY}/channels?period=all`,
  places: `${SURVEY}/places?period=all`,
  drivers: `${SURVEY}/drivers?period=all`,
  trend: `${SURVEY}/trend`,
  comments: `${SURVEY}/comments?period=all`,
  answered: `${SURVEY}/answered?period=all`,
  invitations: `${SURVEY}/invitations`,
  refused: `${SURVEY}?period=own&from=2026-02-30&until=x`,
  nobody: `${SURVEY}?period=own&from=2020-01-01&until=2020-01-31`,
  nowhere: '/dashboard/x',
  surveys: '/dashboard/surveys',
  'new-survey': '/dashboard/new-survey',
  settings: '/dashboard/settings',
  views: '/dashboard/views',
  'second-step': '/dashboard/settings/second-step',
  how: '/dashboard/how',
};

const html = mkdtempSync(join(tmpdir(), 'laatu-desk-'));
const browser = await startChromium();
const full = new Desk();
const empty = new Desk();
after(async () => {
  await browser.close();
  await full.clear();
  await empty.clear();
  rmSync(html, { recursive: true, force: true });
});

// A season in the folder's own database, then the service on it.
full.run('demo', '--orders', '600', '--data', 'data');
await full.serve();
const owner = link(full, 'tuulia', 'owner');

empty.run('org', 'create', 'kuura', '--name', 'Kuura', '--contact', 'care@example.org', '--privacy-url', 'https://example.org/p');
empty.run('survey', 'create', '--org', 'kuura', '--key', 'after-delivery', '--instrument', 'perceived-quality');
await empty.serve();

/** A new user's one-time link, as a path. */
function link(desk, org, role) {
    const said = desk.run('user', 'create', '--org', org, '--email', `${role}@example.org`, '--name', `Aino ${role}`, '--role', role);
  return new URL(said.split('\n').at(-1)).pathname;
}

/** Sets the password of a link in the browser, by the keyboard alone. */
async function signedIn(desk, path, options = {}) {
  const page = await personAt(browser, desk.url, { javaScriptEnabled: false, ...options });
  await page.goto(path);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await Promise.all([page.waitForURL('**/dashboard/**'), page.keyboard.press('Enter')]);
  return page;
}

/** The state of somebody who is signed in, for more profiles. */
const session = async (page) => page.context().storageState();

/** What axe finds. It cannot judge the contrast of text in drawings and of links that lie beyond the edge of a scrolled row;
 *  the former is measured here, the latter have the colours of their neighbours. */
async function accessProblems(page) {
  const unclear = /could not be determined because (element contains an image node|it's partially obscured)|content is too short|<text .* could not be determined because it is overlapped/;
  const found = (await axeProblems(page)).filter((one) => !unclear.test(one));
  return found.concat(await page.evaluate(() => {
    const rgb = (colour) => colour.match(/[\d.]+/g).map(Number);
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const texts = [...document.querySelectorAll('main svg text, main svg tspan')].filter((one) => one.checkVisibility());
    const faint = texts.filter((text) => {
      const card = getComputedStyle(text.closest('section')).backgroundColor;
      return ratio(light(rgb(getComputedStyle(text).fill)), light(rgb(card))) < 4.5;
    });
    return [...new Set(faint.map((text) => `faint text in a chart: ${text.className.baseVal}`))];
  }));
}

/** What is wrong with a page as it stands, at every width; its pictures are left in the folder. */
async function problems(page, name, scheme) {
  const found = [];
  mkdirSync(join(FOLDER, 'dashboard'), { recursive: true });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    if (over > 0) found.push(`${width} px: ${over} px too wide`);
    const out = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((one) => {
      const box = one.getBoundingClientRect();
      const scrolls = one.closest('.scroll');
      return box.width > 0 && !scrolls && one.checkVisibility() && box.right > document.documentElement.clientWidth + 1;
    }).map((one) => `${one.tagName} ${one.className?.baseVal ?? one.className}`).slice(0, 3));
    found.push(...out.map((one) => `${width} px: ${one} sticks out`));
    const small = await page.evaluate(() => [...document.querySelectorAll('main svg')].filter((one) => one.checkVisibility()).flatMap((svg) => {
      const factor = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const size = Math.min(...[...svg.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize) * factor));
      return size < 11.5 ? [`${svg.querySelector('title')?.textContent}: text of ${size.toFixed(1)} px`] : [];
    }));
    found.push(...small.map((one) => `${width} px: ${one}`));
    found.push(...(await accessProblems(page)).map((one) => `${width} px: ${one}`));
    await page.screenshot({ path: join(FOLDER, 'dashboard', `${name}-${width}-${scheme}.png`), fullPage: true });
  }
  return found;
}

const people = { full: await session(await signedIn(full, owner)), empty: null };
people.empty = await session(await signedIn(empty, link(empty, 'kuura', 'owner')));

// A view that is kept, and mailed each Monday: the page of views has both lists.
const keeper = await personAt(browser, full.url, { storageState: people.full, javaScriptEnabled: false });
await keeper.goto(`${SURVEY}?channel=web`);
await keeper.getByText('Keep this view', { exact: true }).click();
await keeper.locator('form[action="/dashboard/views"] [name=name]').fill('Web shop');
await Promise.all([keeper.waitForURL('**/dashboard/views'), keeper.keyboard.press('Enter')]);
await Promise.all([keeper.waitForEvent('load'), keeper.getByRole('button', { name: 'Mail me this view' }).click()]);
assert.match(await keeper.locator('section[aria-labelledby=h-mails] tbody').innerText(), /Web shop[\s\S]*Monday/);

// A target, so that overview and trend say how far the score is from it.
await keeper.goto(`${SURVEY}/trend`);
await keeper.getByText('Set a target', { exact: true }).click();
await keeper.fill('#target', 'high');
await Promise.all([keeper.waitForEvent('load'), keeper.keyboard.press('Enter')]);
assert.match(await keeper.locator('#target-error').innerText(), /no number/);
await keeper.fill('#target', '80');
await Promise.all([keeper.waitForURL('**/trend'), keeper.keyboard.press('Enter')]);

for (const [state, desk] of [['full', full], ['empty', empty]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every page stands at every width, ${state}, ${colorScheme}`, { timeout: 600_000 }, async () => {
      const page = await personAt(browser, desk.url, { storageState: people[state], colorScheme });
      const found = [];
      for (const [name, path] of Object.entries(PAGES)) {
        const expected = { refused: 422, nowhere: 404 }[name] ?? 200;
        await page.goto(path);
        if (page.arrived.status() !== expected) found.push(`${name}: ${page.arrived.status()}`);
        const strange = page.requests.filter((url) => !url.startsWith(`${desk.url}/dashboard/`) && !url.startsWith('data:'));
        found.push(...strange.map((url) => `${name}: asks ${url}`), ...page.complaints.map((one) => `${name}: ${one}`));
        page.complaints.length = 0;
        found.push(...(await problems(page, `${state}-${name}`, colorScheme)).map((one) => `${name}: ${one}`));
        if (colorScheme === 'light') writeFileSync(join(html, `${state}-${name}.html`), await (await page.context().request.get(path)).text());
      }
      assert.deepEqual(found, []);
    });
  }
}

test('the way in stands at every width and is announced when it fails', async () => {
  const page = await personAt(browser, full.url, {});
  await page.goto(`${SURVEY}/channels?period=4w`);
  assert.match(page.url(), /\/login\?next=/);
  const found = await problems(page, 'login', 'light');
  await page.fill('#email', 'owner@example.org');
  await page.fill('#password', 'not the right one');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.match(await page.title(), /^Error: /);
  assert.match(await page.locator('[role=alert]').innerText(), /do not fit together/);
  found.push(...await problems(page, 'login-wrong', 'light'));
  writeFileSync(join(html, 'login.html'), await page.content().then((text) => text.replace(/<script[\s\S]*?<\/script>/g, '')));
  await page.fill('#password', PASSWORD);
  await Promise.all([page.waitForURL('**/channels?period=4w'), page.keyboard.press('Enter')]);
  assert.deepEqual(found, []);
});

test('the keyboard reaches the content first, the filters and the way out', async () => {
  // A session of its own: at the end it is over, and the other tests go on with theirs.
  const page = await personAt(browser, full.url, { javaScriptEnabled: false });
  await page.goto(`/login?next=${encodeURIComponent(SURVEY)}`);
  await page.fill('#email', 'owner@example.org');
  await page.fill('#password', PASSWORD);
  await Promise.all([page.waitForURL(`**${SURVEY}`), page.keyboard.press('Enter')]);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('A');
  for (let tabs = 0; tabs < 20 && await page.evaluate(() => document.activeElement.tagName !== 'BUTTON'); tabs += 1) await page.keyboard.press('Tab');
  await Promise.all([page.waitForURL('**period=all**'), page.keyboard.press('Enter')]);
  assert.match(await page.locator('.scope').innerText(), /All time/);
  await page.locator('.leave button').focus();
  await Promise.all([page.waitForURL('**/login'), page.keyboard.press('Enter')]);
  await page.goto(SURVEY);
  assert.match(page.url(), /\/login/);
});

/** What an authenticator app shows now for a secret in base32. */
function codeOf(secret) {
  const bits = [...secret].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((one) => parseInt(one, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a second step is set up, shows its codes once, and is asked for', { timeout: 120_000 }, async () => {
  const page = await signedIn(full, link(full, 'tuulia', 'auditor'), { javaScriptEnabled: true });
  const found = [];
  await page.goto('/dashboard/settings/second-step');
  await Promise.all([page.waitForEvent('load'), page.locator('main button').click()]);
  found.push(...await problems(page, 'second-step-offered', 'light'));
  const secret = (await page.locator('main code').innerText()).replaceAll(' ', '');
  await page.fill('#code', codeOf(secret));
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  found.push(...await problems(page, 'second-step-codes', 'light'));
  const recovery = await page.locator('.codes code').allInnerTexts();
  assert.equal(recovery.length, 10);
  await page.goto('/dashboard/settings/second-step');
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await problems(page, 'second-step-on', 'dark'));
  const again = await personAt(browser, full.url, {});
  await again.goto('/login');
  await again.fill('#email', 'auditor@example.org');
  await again.fill('#password', PASSWORD);
  await Promise.all([again.waitForEvent('load'), again.keyboard.press('Enter')]);
  found.push(...await problems(again, 'login-code', 'light'));
  await again.fill('#code', recovery[0]);
  await Promise.all([again.waitForURL('**/dashboard/**'), again.keyboard.press('Enter')]);
  full.run('org', 'set', 'tuulia', '--second-step', 'everybody');
  const held = await personAt(browser, full.url, { storageState: people.full, colorScheme: 'dark' });
  await held.goto('/dashboard/views');
  assert.match(held.url(), /\/second-step$/);
  found.push(...await problems(held, 'second-step-owed', 'dark'));
  full.run('org', 'set', 'tuulia', '--second-step', 'own_choice');
  assert.deepEqual(found, []);
});

test('what happened stands on the trend, and a form says at its fields what is wrong', { timeout: 120_000 }, async () => {
  const page = await personAt(browser, full.url, { storageState: people.full });
  const found = [];
  await page.goto(`${SURVEY}/trend`);
  const lastMonth = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
  await page.fill('#n-day', lastMonth);
  await page.fill('#n-words', 'New courier');
  await Promise.all([page.waitForURL('**/trend#h-notes'), page.keyboard.press('Enter')]);
  assert.ok(await page.locator('svg .event').count() > 0);
  found.push(...await problems(page, 'trend-noted', 'light'));
  await page.goto('/dashboard/new-survey');
  await page.fill('#s-key', 'Bad Key');
  await page.fill('#s-share', '200');
  await page.fill('#s-more', 'Helsinki 2');
  await Promise.all([page.waitForEvent('load'), page.locator('main button').click()]);
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.inputValue('#s-more'), 'Helsinki 2');
  assert.equal(await page.inputValue('#s-key'), 'Bad Key');
  found.push(...await problems(page, 'new-survey-wrong', 'light'));
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await problems(page, 'new-survey-wrong', 'dark'));
  assert.deepEqual(found, []);
});

test('a filter is filled in, and a refused day keeps what was typed', { timeout: 120_000 }, async () => {
  const page = await personAt(browser, full.url, { storageState: people.full });
  const found = [];
  await page.goto(`${SURVEY}?period=own&from=2026-02-30&until=2026-03-01&channel=web`);
  assert.equal(await page.inputValue('#f-from'), '2026-02-30');
  assert.equal(await page.getAttribute('#f-from', 'aria-describedby'), 'f-from-error');
  assert.match(await page.locator('#f-from-error').innerText(), /not a day/);
  await page.selectOption('#f-period', '13w');
  assert.equal(await page.isVisible('#f-from'), false);
  await Promise.all([page.waitForURL('**period=13w**'), page.locator('.filter button').click()]);
  assert.match(await page.locator('.scope').innerText(), /customers who bought in the web shop/);
  await page.getByText('Change period or filters').click();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    found.push(...await problems(page, 'filtered', colorScheme));
  }
  // From a narrow screen, too, one is always in sight of where one is, and two steps from every page.
  await page.setViewportSize({ width: 360, height: 900 });
  await page.locator('.menu summary').click();
  found.push(...await accessProblems(page));
  await page.screenshot({ path: join(FOLDER, 'dashboard', 'menu-360-dark.png') });
  await Promise.all([page.waitForURL('**/channels?period=13w&channel=web'), page.locator('.menu').getByText('Channels').click()]);
  await page.goto(`${SURVEY}/channels?period=13w`);
  await Promise.all([page.waitForURL('**/how**'), page.locator('main a[href^="/dashboard/how"]').first().click()]);
  await Promise.all([page.waitForURL('**/channels?period=13w'), page.getByText('Back to where you were').first().click()]);
  assert.deepEqual(found, []);
});

/** Answers of thirty weeks, the last two of them far worse. */
function season() {
  const lines = ['order,kept,clear,overall,day'];
  for (let n = 0; n < 900; n += 1) {
    const weeksAgo = 30 - Math.floor(n / 30);
    const low = weeksAgo <= 2 ? 2 : 0;
    const code = (turn) => Math.max(1, 3 + ((Math.imul(n * 3 + turn, 2654435761) >>> 12) % 3) - low);
    const day = new Date(Date.now() - (weeksAgo * 7 - n % 5) * 86_400_000).toISOString().slice(0, 10);
    lines.push(`${n},${code(0)},${code(1)},${code(2)},${day}`);
  }
  return `${lines.join('\n')}\n`;
}

test('a week that chance does not explain is told on the trend', { timeout: 120_000 }, async () => {
  const [data, map] = [join(html, 'season.csv'), join(html, 'season.toml')];
  writeFileSync(data, season());
  writeFileSync(map, '[scale]\nmin = 1\nmax = 5\n[[dimension]]\nkey = "reliability"\nitems = ["kept", "clear"]\n[outcome]\noverall = "overall"\n[row]\ndate = "day"\n');
  empty.run('import', 'responses', data, '--org', 'kuura', '--survey', 'season', '--map', map);
  const page = await personAt(browser, empty.url, { storageState: people.empty });
  const found = [];
  await page.goto('/dashboard/surveys/season/trend');
  assert.ok(await page.locator('main table .word').count() > 0, await page.locator('main').innerText());
  assert.match(await page.locator('main').innerText(), /[1-9]\d* charts are watched/);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    found.push(...await problems(page, 'trend-alarm', colorScheme));
  }
  assert.deepEqual(found, []);
});

test('a survey at a counter gets its links and codes', { timeout: 120_000 }, async () => {
  const page = await personAt(browser, empty.url, { storageState: people.empty });
  await page.goto('/dashboard/new-survey');
  await page.fill('#s-key', 'counter');
  await page.check('input[name=collection][value=open]');
  await Promise.all([page.waitForURL('**/surveys/counter/links'), page.locator('main button').click()]);
  await page.fill('#l-label', 'Counter at the door');
  await Promise.all([page.waitForEvent('load'), page.locator('main button').click()]);
  writeFileSync(join(html, 'open-links.html'), await (await page.context().request.get(page.url())).text());
  await page.locator('main summary').first().click();
  const found = await problems(page, 'open-links', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  found.push(...await problems(page, 'open-links', 'dark'));
  assert.deepEqual(found, []);
});

test('a chart that is taken along is a drawing by itself', async () => {
  const page = await personAt(browser, full.url, { storageState: people.full });
  await page.goto(`${SURVEY}/dimensions?period=all`);
  const path = await page.locator('.along a').first().getAttribute('href');
  const svg = await (await page.context().request.get(path)).text();
  mkdirSync(join(FOLDER, 'dashboard'), { recursive: true });
  writeFileSync(join(FOLDER, 'dashboard', 'chart-alone.svg'), svg);
  const seen = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight, new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null];
  }, svg);
  assert.ok(seen[0] > 600 && seen[1] > 100 && seen[2], `${seen}`);
});

test('another site cannot press a button for somebody who is signed in', async () => {
  const page = await signedIn(full, link(full, 'tuulia', 'admin'), { javaScriptEnabled: true });
  const path = join(mkdtempSync(join(tmpdir(), 'laatu-strange-')), 'page.html');
  writeFileSync(path, `<form id="f" method="post" action="${full.url}${SURVEY}/state"><input name="go" value="pause"></form><script>f.submit()</script>`);
  await page.goto(`file://${path}`);
  // Its cookie is not sent along, so it is a stranger's press; the browser is led on to where its owner already is.
  await page.waitForURL(`${full.url}/dashboard/surveys/after-delivery`);
  await page.goto(`${full.url}/dashboard/surveys`);
  assert.match(await page.locator('main').innerText(), /running/);
  rmSync(dirname(path), { recursive: true });
});

test('on paper stand the figures, without what only a screen needs', async () => {
  const page = await personAt(browser, empty.url, { storageState: people.empty, colorScheme: 'dark' });
  await page.goto('/dashboard/surveys');
  await page.emulateMedia({ media: 'print' });
  for (const one of await page.locator('nav, .leave').all()) assert.equal(await one.isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
});

test('the HTML of every page is valid', { timeout: 300_000 }, () => {
  assert.ok(readFileSync(join(html, 'full-overview.html'), 'utf8').includes('<svg'));
  // Every browser that is still cared for knows inputs for dates.
  const found = htmlErrors(html).filter((one) => !one.includes('“date” input type'));
  assert.deepEqual(found, []);
});
