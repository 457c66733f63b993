// What was just taken away comes back as it was, by a command of its own on what was saved then.
import { type CommandBody, call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { Refusal, Unreachable } from '~/api/refusal';
import { toast } from '~/frame/toasts';
import { useTexts } from '~/texts/texts';

type Path = '/api/v1/reference/closing-days/closing-days' | '/api/v1/reference/absences/absences';

export function usePutBack<P extends Path>(path: P) {
  const { t } = useTexts();
  return (text: string, body: CommandBody<P>, version: string) => {
    const undo = async () => {
      try {
        await call('post', path as Path, {}, { body: body as never, version, key: crypto.randomUUID() });
        toast({ text: t('web.case.undone_now') });
      } catch (wrong) {
        if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
        toast({
          text:
            wrong instanceof Refusal && !wrong.stale ? wrong.detail || wrong.title : t('web.case.undo_late'),
        });
      }
      touched(path, undefined);
    };
    toast({ text, undo: () => void undo() });
  };
}
