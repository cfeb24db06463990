// A shop on a fresh database: its surveys over the API, its customers by the links in their mails, its answers read back.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Desk } from './program.js';
import { waitFor } from './wait.js';

/** Every length and paging mode that a survey may ever name; the service says which of them it has. */
const WORDS = { length: ['quick', 'standard', 'full'], paging: ['one', 'section', 'all'] };

/** The shipped instrument that surveys have unless they name another. */
export const USUAL = 'perceived-quality';

/** A shop with a running service. */
export class Shop {
  static async open() {
    const shop = new Shop();
    shop.desk = new Desk();
    const privacy = 'https://tuulia.example/privacy';
    shop.desk.run('org', 'create', 'tuulia', '--name', 'Tuulia', '--contact', 'care@tuulia.example', '--privacy-url', privacy);
    shop.key = shop.desk.run('key', 'create', '--org', 'tuulia', '--role', 'owner');
    await shop.desk.serve();
    shop.orders = 0;
    return shop;
  }

  get url() {
    return this.desk.url;
  }

  async close() {
    await this.desk.clear();
  }

  /** One request with the owner's key; status and text. */
  async ask(method, path, body) {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, text: await answer.text() };
  }

  /** The same for an answer in JSON with this status. */
  async json(status, method, path, body) {
    const answer = await this.ask(method, path, body);
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  }

  /** Publishes an instrument file. */
  async publish(file) {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/toml' };
    const answer = await fetch(`${this.url}/api/v1/instruments`, { method: 'POST', headers, body: readFileSync(file) });
    if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  }

  /** The keys of all shipped instruments, as the service names them when asked for another. */
  async instruments() {
    const { errors } = await this.json(422, 'POST', '/api/v1/surveys', { key: 'no-such', instrument: 'no-such-one' });
    const listed = errors[0].message.match(/shipped are (.*)$/)?.[1];
    if (!listed) throw new Error(`no list of instruments in: ${errors[0].message}`);
    return listed.split(/, | and /);
  }

  /** The ways in which a survey with this instrument can be asked: each length in each paging mode that there is. */
  async modes(instrument) {
    const [lengths, pagings] = [await this.choices(instrument, 'length'), await this.choices(instrument, 'paging')];
    return lengths.flatMap((length) => pagings.map((paging) => ({ instrument, length, paging })));
  }

  /** The words that the service takes for a field; one `undefined` when it has no such field yet. */
  async choices(instrument, field) {
    const { errors } = await this.json(422, 'POST', '/api/v1/surveys', { key: 'no-such', instrument, [field]: '?' });
    const error = errors.find((one) => one.pointer === `/${field}`);
    if (error?.code === 'unknown_field') return [undefined];
    const known = WORDS[field].filter((word) => new RegExp(`\\b${word}\\b`).test(error?.message ?? ''));
    if (known.length === 0) throw new Error(`no word for ${field} in: ${JSON.stringify(errors)}`);
    return known;
  }

  /** Changes what the organisation says of itself. */
  async say(words) {
    await this.json(200, 'PUT', '/api/v1/organisation', words);
  }

  /** Makes a survey that asks at once; gives its key and languages. */
  async survey({ instrument = USUAL, length, paging } = {}) {
    const key = ['ask', instrument, length, paging].filter(Boolean).join('-').slice(0, 40);
    const rule = { event: 'placed', delay: '0d' };
    const made = await this.json(201, 'POST', '/api/v1/surveys', { key, instrument, length, paging, rule, quiet: 'none' });
    return { key, languages: made.languages };
  }

  /** The same in the field. */
  async startedSurvey(mode) {
    const survey = await this.survey(mode);
    await this.start(survey);
    return survey;
  }

  /** An open survey in the field with one link, of which the path is given. */
  async openSurvey({ instrument = USUAL, length } = {}) {
    const key = ['open', instrument, length].filter(Boolean).join('-').slice(0, 40);
    const made = await this.json(201, 'POST', '/api/v1/surveys', { key, instrument, length, collection: 'open' });
    await this.start({ key });
    const wanted = { place: 'turku', label: 'Counter' };
    const { id, address } = await this.json(201, 'POST', `/api/v1/surveys/${key}/links`, wanted);
    return { key, languages: made.languages, id, link: new URL(address).pathname };
  }

  /** Closes the link of an open survey. */
  async closeLink(survey) {
    await this.json(200, 'POST', `/api/v1/surveys/${survey.key}/links/${survey.id}/close`, {});
  }

  /** The path under which a survey can be looked at. */
  async preview(survey) {
    return new URL((await this.json(200, 'GET', `/api/v1/surveys/${survey.key}/preview`)).address).pathname;
  }

  async start(survey) {
    await this.json(200, 'POST', `/api/v1/surveys/${survey.key}/start`, {});
  }

  async pause(survey) {
    await this.json(200, 'POST', `/api/v1/surveys/${survey.key}/pause`, {});
  }

  /** Takes one order for each of the languages; gives each customer's link and invitation when all mails are there. */
  async invite(survey, languages) {
    const placed = new Date().toISOString();
    const orders = languages.map((language) => ({
      order_number: `T${(this.orders += 1)}`, channel: 'web', placed_at: placed,
      customer: { email: `customer${this.orders}@example.org`, language },
      contact_basis: { kind: 'existing_customer_notice', notice_at: placed },
    }));
    const { results } = await this.json(200, 'POST', '/api/v1/orders', { orders });
    return Promise.all(results.map(async (result, place) => {
      const invitation = result.invitations.find((one) => one.survey === survey.key);
      if (!invitation) throw new Error(`nobody is invited: ${JSON.stringify(result)}`);
      const links = await this.links(invitation.id);
      return { survey, id: invitation.id, order: orders[place].order_number, language: languages[place], ...links };
    }));
  }

  /** The paths of the links in the mail of an invitation: to the form, to what is kept about the customer, and to no more mails. */
  async links(invitation) {
    const folder = join(this.desk.folder, 'data', 'mail');
    return waitFor(`the mail of ${invitation}`, () => {
      const file = readdirOrNone(folder).find((name) => name === `${invitation}.eml`);
      if (!file) return undefined;
      const mail = readFileSync(join(folder, file), 'utf8');
      return { link: mailedLink(mail, 's'), ownData: mailedLink(mail, 'p'), noMore: mailedLink(mail, 'u') };
    });
  }

  /** All stored responses of a survey, each with its codes. */
  async responses(survey, query = '') {
    const answer = await this.ask('GET', `/api/v1/surveys/${survey.key}/responses.jsonl${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** The one response of an invitation. */
  async response(customer) {
    const all = (await this.responses(customer.survey)).filter((one) => one.response_id === customer.id);
    if (all.length !== 1) throw new Error(`${all.length} responses of one customer`);
    return all[0];
  }

  /** All invitations as the API shows them. */
  async invitations() {
    return (await this.json(200, 'GET', '/api/v1/invitations?limit=200')).invitations;
  }
}

function readdirOrNone(folder) {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The link of a kind in the plain part, which may be broken over lines as quoted-printable text is. */
function mailedLink(mail, kind) {
  const link = mail.replace(/=\r?\n/g, '').match(new RegExp(`http://[^\\s/]+(/${kind}/[a-z0-9.]+)`));
  if (!link) throw new Error(`no link in the mail:\n${mail}`);
  return link[1];
}
