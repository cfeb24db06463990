// What programs do with the link of a mail before a person sees it: filters, sandboxes, previews, and browsers in a hurry.

import { request } from 'node:http';
import { connect } from 'node:net';

import { BROWSERS } from './scanning_browsers.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends one request and reads the answer to its end; follows nothing. */
export function send(url, method = 'GET', headers = {}, body = '') {
  // Without its length, Node would send the body of a method that rarely has one as if it were the next request.
  const length = body ? { 'content-length': Buffer.byteLength(body) } : {};
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, ...length }, agent: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A request in the oldest words that servers still understand. */
function sendOld(url) {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${pathname} HTTP/1.0\r\n\r\n`));
    socket.on('data', () => {});
    socket.on('end', resolve);
    socket.on('error', reject);
  });
}

/** The values of an attribute in a page. */
function values(page, attribute) {
  return [...page.matchAll(new RegExp(` ${attribute}="([^"]*)"`, 'g'))].map((found) => found[1]);
}

/** Every field of a page with each of its values, as addresses. */
function asQueries(page) {
  const fields = [...page.matchAll(/name="([^"]+)" value="([^"]*)"/g)];
  return fields.map(([, name, value]) => `?${new URLSearchParams({ [name]: value })}`);
}

async function eachOf(url, endings) {
  for (const ending of endings) await send(url + ending);
}

/** Programs that look, and programs that send what no person sends. Each is given the address of one customer's link. */
const PROGRAMS = {
  'fetches the link twice within a second': async (url) => {
    await send(url);
    await send(url);
  },
  'asks for the headers only': (url) => send(url, 'HEAD'),
  'asks for the headers, then for the page, then for the headers': async (url) => {
    for (const method of ['HEAD', 'GET', 'HEAD']) await send(url, method);
  },
  'fetches the link from ten machines at once': (url) => Promise.all(Array.from({ length: 10 }, () => send(url))),
  'prefetches': (url) => send(url, 'GET', { 'sec-purpose': 'prefetch', purpose: 'prefetch', 'x-moz': 'prefetch' }),
  'prerenders': (url) => send(url, 'GET', { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-dest': 'document' }),
  'makes a preview for a chat, from the first kilobyte': (url) =>
    send(url, 'GET', { range: 'bytes=0-1023', 'user-agent': 'ExampleChat-LinkPreview/1.0 (bot)' }),
  'asks whether the page has changed': (url) =>
    send(url, 'GET', { 'if-none-match': '*', 'if-modified-since': 'Mon, 04 May 2026 09:00:00 GMT' }),
  'speaks HTTP/1.0': sendOld,
  'opens every address that stands in the page': async (url) => {
    const { text } = await send(url);
    for (const href of values(text, 'href')) {
      const target = new URL(href, url);
      if (target.host === new URL(url).host) await send(target.href);
    }
  },
  'tries every field of the page as a query': async (url) => eachOf(url, asQueries((await send(url)).text)),
  'opens five links that choose the first answer': (url) =>
    eachOf(url, [1, 2, 3, 4, 5].map((code) => `?q1=${code}`)),
  'counts the pages up': (url) => eachOf(url, [1, 2, 3, 4, 5, 6, 0, -1, 99].map((page) => `/${page}`)),
  'asks for the end of the form': (url) => eachOf(url, ['?resumed=1', '?change=1', '?left_open=1', '?go=back', '/thanks']),
  'spells the link in its own way': async (url) => {
    await eachOf(url, ['/', '//', '.', ')', '%3E', '?utm_source=mail&fbclid=x', '?', '%20']);
    await send(url.slice(0, -1));
    await send(url.replace(/\/s\/.*$/, (path) => path.toUpperCase()));
    await send(url.replace('/s/', '/s/%2e/'));
  },
  'tries methods that the form does not have': async (url) => {
    for (const method of ['OPTIONS', 'PROPFIND', 'PUT', 'PATCH', 'DELETE', 'REPORT']) await send(url, method, FORM, 'left_open=1');
  },
  'posts nothing': (url) => send(url, 'POST', FORM),
  'posts other kinds of content': async (url) => {
    for (const kind of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'text/xml']) {
      await send(url, 'POST', { 'content-type': kind }, '{"overall": 5}');
    }
  },
  'posts fields of other forms': (url) => send(url, 'POST', FORM, 'username=admin&password=admin&email=a%40b.example&submit=1'),
  'posts codes that no page offers': async (url) => {
    const names = new Set(values((await send(url)).text, 'name').filter((name) => name.includes('_')));
    await send(url, 'POST', FORM, [...names].map((name) => `${name}=on`).join('&'));
  },
};

/** Every profile by its name: what it does with a link, given its address and a Chromium. */
export const PROFILES = { ...PROGRAMS, ...BROWSERS };
