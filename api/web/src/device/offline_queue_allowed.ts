// Whether contacts may wait on this device: the organisation can switch it off. What it said last holds while
// it cannot be asked; where there is no such setting, they may.
import { can_read } from '~/device/readable';

const path = '/api/v1/reference/organisation';
const said_last = 'vastine.offline-queue';
const ask_again_ms = 60_000;

let asked_at = 0;
let asking: Promise<void> | undefined;

export async function offline_queue_allowed(): Promise<boolean> {
  if (can_read(path) && Date.now() - asked_at > ask_again_ms) {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    await asking;
  }
  return localStorage.getItem(said_last) !== 'off';
}

async function ask() {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(1500) });
    if (!response.ok) return;
    const off = switched_off(await response.json());
    if (off) localStorage.setItem(said_last, 'off');
    else localStorage.removeItem(said_last);
    asked_at = Date.now();
  } catch {
    // No network: what it said last.
  }
}

// SetOrganisation.offline_queue_off, whether it comes alone or as what was given.
function switched_off(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  return Object.entries(answer).some(([name, value]) =>
    name === 'offline_queue_off' ? value === true : switched_off(value),
  );
}
