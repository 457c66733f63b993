// The text of a report that the server has made as a page. Fetched as a file is: it is nothing that the API
// describes as JSON.
import { useQuery } from '@tanstack/react-query';
import { Refusal, refusal_from, Unreachable } from '~/api/refusal';
import { session_now, signed_in_again } from '~/api/session';
import { sent } from '~/api/under_way';
import { language_now } from '~/texts/texts';

async function text_at(url: string, signal: AbortSignal): Promise<string> {
  for (;;) {
    let response: Response;
    try {
      const headers = { 'Accept-Language': language_now() };
      response = await sent(() => fetch(url, { headers, signal }));
      if (response.ok) return await response.text();
    } catch (wrong) {
      if (signal.aborted) throw wrong;
      throw new Unreachable();
    }
    const refusal = refusal_from(response, await response.json().catch(() => undefined));
    if (!(refusal instanceof Refusal) || refusal.status !== 401 || !session_now()) throw refusal;
    await signed_in_again();
  }
}

// It never changes: what is another report has another address.
export const useReportText = (url: string) =>
  useQuery<string>({
    queryKey: ['report', url],
    queryFn: ({ signal }) => text_at(url, signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: url !== '',
  });
