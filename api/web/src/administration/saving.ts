// A form of the administrator is sent, says that it is saved, and leads back to the list that it belongs to.
import { useLocation } from 'wouter';
import type { PathOf, Values } from '~/api/client';
import { useCommand } from '~/api/commanding';
import { toast } from '~/frame/toasts';
import { useTexts } from '~/texts/texts';

export function useSaving<Path extends PathOf<'post'>>(
  path: Path,
  values: Values<Path, 'post'> & { version?: string },
  back: string | (() => string),
) {
  const { t } = useTexts();
  const [, go] = useLocation();
  return useCommand(path, values, {
    taken: () => {
      toast({ text: t('web.administration.saved') });
      go(typeof back === 'string' ? back : back());
    },
  });
}
