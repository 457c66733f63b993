// The keys of the store, how many and whether shares would replace them; and wrapping them anew while others work.
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { useTrying } from '~/api/trying';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { useTexts } from '~/texts/texts';

type KeysNow = AnswerOf<'/api/v1/keys', 'get'>;

const look_again_ms = 1000;

export function Keys() {
  const { t } = useTexts();
  const reading = useRead(
    '/api/v1/keys',
    {},
    { again_ms: (now) => (now.rotation?.state === 'running' ? look_again_ms : undefined) },
  );
  const { tried, refusal } = useTrying(reading.refetch);
  return (
    <section className="stack" aria-labelledby="store-keys">
      <h2 id="store-keys">{t('web.keys.title')}</h2>
      <p>{t('web.keys.about')}</p>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      <Loaded reading={reading}>{(now) => <Shown now={now} />}</Loaded>
      <p>
        <Button
          variant="secondary"
          onClick={() => void tried(() => call('post', '/api/v1/keys/rotation', {}))}
          aria-disabled={reading.data?.rotation?.state === 'running'}
        >
          {t('web.keys.rotate')}
        </Button>
      </p>
    </section>
  );
}

function Shown({ now }: { now: KeysNow }) {
  const { t, tn, number, moment } = useTexts();
  const rotation = now.rotation;
  const when = rotation?.ended_at ? moment(rotation.ended_at) : '';
  return (
    <>
      <p>
        {tn('web.keys.living', Number(now.living))} {tn('web.keys.destroyed', Number(now.destroyed))}
      </p>
      <p>
        {now.escrow
          ? t('web.keys.escrow', {
              needed: number(now.escrow.needed),
              shares: number(now.escrow.shares),
              set: now.escrow.set,
            })
          : t('web.keys.no_escrow')}
      </p>
      <p role="status">
        {rotation?.state === 'running'
          ? t('web.keys.running', { done: number(Number(rotation.done)), all: number(Number(rotation.all)) })
          : rotation?.state === 'finished'
            ? t('web.keys.finished', { when, n: number(Number(rotation.wrapped_anew)) })
            : rotation?.state === 'failed'
              ? t('web.keys.failed', { when })
              : now.rotation_unfinished
                ? t('web.keys.unfinished')
                : ''}
      </p>
    </>
  );
}
