// What is searched for: in this page's memory and nowhere else. Not in an address, a title or the browser's
// storage; it is gone when the page is loaded again, and when somebody signs out.
import { observed } from '~/observed';

export const searched = observed({ text: '' });

// The case that was opened from the results: whoever comes back goes on there.
let opened = '';

export function search_for(text: string) {
  opened = '';
  searched.set({ text: text.trim() });
}
export function remember_opened(case_id: string) {
  opened = case_id;
}
export function take_opened(): string {
  const before = opened;
  opened = '';
  return before;
}
