// Waiting for a condition, never for a time.

const BOUND_MS = 60_000;
const STEP_MS = 50;

/** Asks again and again until there is an answer that is not empty; stops after a minute. */
export async function waitFor(what, ask) {
  const end = Date.now() + BOUND_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
