// The real program, as an operator runs it: in a folder of its own, with an environment of its own.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How long the program may take to say where it listens, in milliseconds. */
const START_MS = 60_000;

/** How long it may take to end when it is asked to, in milliseconds; it gives its customers less than that. */
const END_MS = 60_000;

/** The program under test: what LAATU_BIN names. */
export function binary() {
  const path = process.env.LAATU_BIN;
  if (!path || !existsSync(path)) throw new Error('LAATU_BIN names no program: run tests/browser/run');
  return path;
}

/** A folder in which an operator works. */
export class Desk {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'laatu-browser-'));
    this.service = null;
    this.port = 0;
    // Whatever becomes of the tests, no service is left running and no folder lying about.
    process.once('exit', () => {
      this.service?.kill('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  /** Runs a command to its end; gives what it printed. */
  run(...words) {
    const done = spawnSync(binary(), words, { cwd: this.folder, env: {}, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`laatu ${words.join(' ')}: ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout.trim();
  }

  /** Starts the service and waits until it listens; a second start takes the same port, so that open tabs go on. */
  async serve({ daysLater = 0 } = {}) {
    const child = spawn(binary(), ['serve', '--listen', `127.0.0.1:${this.port}`, '--log', 'warn'], {
      cwd: this.folder, env: later(daysLater), stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.service = child;
    this.url = await listening(child);
    this.port = Number(new URL(this.url).port);
    return this.url;
  }

  /** Asks the service to end, and waits until it has; one that does not end is an error, not a wait for ever. */
  async stop() {
    const child = this.service;
    this.service = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await ended;
    clearTimeout(late);
    if (child.signalCode === 'SIGKILL') throw new Error('the service did not end when it was asked to');
  }

  /** Ends the service and starts it again some days after today. */
  async servedLater(daysLater) {
    await this.stop();
    return this.serve({ daysLater });
  }

  /** Leaves nothing behind. */
  async clear() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The environment of a process that lives some days after today; empty for today. */
function later(days) {
  if (days === 0) return {};
  const library = readdirSync('/usr/lib')
    .map((place) => `/usr/lib/${place}/faketime/libfaketimeMT.so.1`)
    .find((path) => existsSync(path));
  if (!library) throw new Error('Debian\'s package faketime is missing');
  return { LD_PRELOAD: library, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}

function listening(child) {
  return new Promise((resolve, reject) => {
    const said = [];
    const slow = setTimeout(() => reject(new Error(`it does not listen:\n${said.join('\n')}`)), START_MS);
    const hear = (line) => {
      said.push(line);
      const url = line.match(/listens on (http\S+)/)?.[1];
      if (!url) return;
      clearTimeout(slow);
      resolve(url);
    };
    // Both streams are read to their end, so that the service never writes into a full pipe.
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
    child.once('exit', (code) => {
      clearTimeout(slow);
      reject(new Error(`it ended with ${code}:\n${said.join('\n')}`));
    });
  });
}
