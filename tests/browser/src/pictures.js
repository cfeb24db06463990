// Pictures of every page, for people to look at.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DESK, PHONE } from './chromium.js';

/** Where the pictures go. */
export const FOLDER = process.env.LAATU_PICTURES ??
  join(dirname(fileURLToPath(import.meta.url)), '../../../target/pictures');

/** How a page can be shown, by the name of its pictures. */
export const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};

/** Takes pictures of the whole page: on a phone in every scheme, at a desk in light, in English in all; leaves it there. */
export async function take(page, language, state, scheme) {
  mkdirSync(join(FOLDER, language), { recursive: true });
  for (const [where, size] of [['phone', PHONE], ['desk', DESK]]) {
    await page.setViewportSize(size);
    if (where === 'desk' && scheme !== 'light' && language !== 'en') continue;
    await page.screenshot({ path: join(FOLDER, language, `${state}-${where}-${scheme}.png`), fullPage: true });
  }
}
