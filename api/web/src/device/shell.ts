// Starts the service worker, and tells it of the files that were loaded before it was there.
import worker_file from '~/device/shell_worker?worker&url';

let kept = 0;

export async function keep_shell() {
  if (!('serviceWorker' in navigator) || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register(worker_file, { scope: '/' });
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname);
    const files = [...new Set(loaded.filter((path) => path.startsWith('/assets/')))];
    if (files.length === kept) return;
    kept = files.length;
    active?.postMessage({ keep: files });
  } catch {
    // A browser that allows none works as before, with a network.
  }
}
