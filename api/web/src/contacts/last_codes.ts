// The codes this person chose last, on this device: codes and nothing else, so they may stay.
import { session_now } from '~/api/session';

const key = 'vastine.last-codes';
const at_most = 5;
type Last = Record<string, Record<string, string[]>>;

function read(): Last {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') as Last) ?? {};
  } catch {
    return {};
  }
}

export const last_codes = (set: string): string[] => read()[session_now()?.user_id ?? '']?.[set] ?? [];

export function remember_codes(chosen: Record<string, string[]>) {
  const all = read();
  const user = session_now()?.user_id ?? '';
  const own = all[user] ?? {};
  for (const [set, codes] of Object.entries(chosen)) {
    const used = codes.filter(Boolean);
    own[set] = [...used, ...(own[set] ?? []).filter((code) => !used.includes(code))].slice(0, at_most);
  }
  localStorage.setItem(key, JSON.stringify({ ...all, [user]: own }));
}
