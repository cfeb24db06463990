// Debian's Chromium: one for each test file, a fresh profile for each person.

import { chromium } from 'playwright-core';

/** A phone on which a small page is still a whole page. */
export const PHONE = { width: 320, height: 640 };

/** A desk. */
export const DESK = { width: 1280, height: 900 };

/** Where Chromium is. */
export function executable() {
  return process.env.LAATU_CHROMIUM ?? '/usr/bin/chromium';
}

/** How long a page may take on a machine that is busy with other things, in milliseconds. */
const PATIENCE = 120_000;

/** Starts Chromium. */
export async function startChromium() {
  return chromium.launch({ executablePath: executable(), args: ['--disable-lcd-text'] });
}

/**
 * A person's own profile with one tab. Every request is noted in `page.requests`, the answer that brought the page
 * in `page.arrived`, and what the browser complains of in `page.complaints`.
 */
export async function personAt(browser, base, options = {}) {
  const context = await browser.newContext({ baseURL: base, viewport: DESK, locale: 'en-GB', ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  watch(page);
  return page;
}

/** Notes what a tab asks for. */
export function watch(page) {
  page.requests = [];
  page.complaints = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && !request.redirectedFrom()) page.requests.length = 0;
    page.requests.push(request.url());
  });
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400);
    if (isPage) page.arrived = response;
  });
  page.on('console', (message) => {
    const isStatus = /the server responded with a status of (4\d\d|503)/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isStatus) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
}
