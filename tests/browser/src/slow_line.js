// A slow line between a browser and the service: what comes back arrives packet by packet, with time to paint in between.

import { connect, createServer } from 'node:net';
import { Transform, pipeline } from 'node:stream';

/** Least bytes in a packet: less than one question, so that every question is seen half arrived. */
const PACKET = 350;

/** Time between two packets, in milliseconds: some frames on any screen. */
const PACKET_MS = 40;

/** Opens a slow line to a service; gives its address and a way to close it. */
export async function slowLine(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  const server = createServer((client) => {
    const service = connect(Number(port), hostname);
    sockets.add(client).add(service);
    // Whoever hangs up, hangs up for both.
    const hangUp = () => [client, service].forEach((socket) => socket.destroy());
    pipeline(client, service, hangUp);
    pipeline(service, trickle(), client, hangUp);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

// The style sheet comes in one piece: browsers begin to paint when it is there. After that lines come whole, which no
// network promises: half a word moves when the other half arrives, whatever the style.
function trickle() {
  return new Transform({
    transform(bytes, encoding, done) {
      const pass = (start, end) => {
        if (start >= bytes.length) return done();
        this.push(bytes.subarray(start, end));
        return setTimeout(pass, PACKET_MS, end, lineEnd(bytes, end + PACKET));
      };
      pass(0, Math.max(bytes.indexOf('</style>'), PACKET));
    },
  });
}

function lineEnd(bytes, from) {
  const end = bytes.indexOf('\n', from);
  return end < 0 ? bytes.length : end + 1;
}
