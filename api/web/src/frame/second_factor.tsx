// One's own second factor: an authenticator's codes, set up with a picture to be photographed, and recovery
// codes that are shown once.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { Dialog } from '~/components/dialog';
import { Loaded } from '~/components/loaded';
import { RefusalNotice } from '~/components/notice';
import { Form } from '~/forms/form';
import { TextField } from '~/forms/text_field';
import { toast } from '~/frame/toasts';
import { type PlainTextId, useTexts } from '~/texts/texts';

const own = '/api/v1/session/second-factor';
type Begun = AnswerOf<typeof own, 'post'>;
interface Proof {
  password: string;
  code: string;
}

export function SecondFactor() {
  const { t, tn, date } = useTexts();
  const reading = useRead(own, {});
  const [setting_up, set_setting_up] = useState(false);
  const [asked, set_asked] = useState<'codes' | 'off'>();
  const [codes, set_codes] = useState<string[]>([]);
  const done = () => {
    set_setting_up(false);
    void reading.refetch();
  };
  return (
    <section className="card stack" aria-labelledby="second-factor">
      <h2 id="second-factor">{t('web.second_factor.title')}</h2>
      <p className="quiet">{t('web.second_factor.text')}</p>
      <Loaded reading={reading}>
        {({ on, since, recovery_codes_left }) =>
          on ? (
            <>
              <p>
                {t('web.second_factor.on', { day: date((since ?? '').slice(0, 10)) })}{' '}
                {tn('web.second_factor.codes_left', recovery_codes_left)}
              </p>
              <div className="row">
                <Button variant="secondary" onClick={() => set_asked('codes')}>
                  {t('web.second_factor.new_codes')}
                </Button>
                <Button variant="secondary" onClick={() => set_asked('off')}>
                  {t('web.second_factor.switch_off')}
                </Button>
              </div>
            </>
          ) : setting_up ? (
            <SetUp done={done} />
          ) : (
            <div>
              <Button variant="secondary" onClick={() => set_setting_up(true)}>
                {t('web.second_factor.begin')}
              </Button>
            </div>
          )
        }
      </Loaded>
      {asked ? (
        <Dialog
          title={t(asked === 'codes' ? 'web.second_factor.new_codes' : 'web.second_factor.switch_off')}
          close={() => set_asked(undefined)}
        >
          <ProofForm
            send={asked === 'codes' ? 'web.second_factor.new_codes' : 'web.second_factor.switch_off'}
            submit={async (body) => {
              if (asked === 'codes') {
                const made = await call('post', `${own}/recovery-codes`, {}, { body });
                set_codes(made.codes);
              } else {
                await call('post', `${own}/off`, {}, { body });
                toast({ text: t('web.second_factor.switched_off') });
              }
              set_asked(undefined);
              void reading.refetch();
            }}
          />
        </Dialog>
      ) : null}
      <RecoveryCodes codes={codes} close={() => set_codes([])} />
    </section>
  );
}

// From the first picture to the recovery codes; `done` once they have been put away.
export function SetUp({ done }: { done: () => void }) {
  const { t } = useTexts();
  const [begun, set_begun] = useState<Begun>();
  const [codes, set_codes] = useState<string[]>([]);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  async function begin() {
    set_refusal(undefined);
    try {
      set_begun(await call('post', own, {}));
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
  }
  if (!begun) {
    return (
      <div className="stack">
        {refusal ? <RefusalNotice refusal={refusal} /> : null}
        <p>{t('web.second_factor.app')}</p>
        <div>
          <Button onClick={() => void begin()}>{t('web.second_factor.show')}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      <ol className="steps stack close">
        <li>
          <p>{t('web.second_factor.scan')}</p>
          <img
            className="qr-code"
            src={`data:image/svg+xml,${encodeURIComponent(begun.picture)}`}
            alt={t('web.second_factor.picture')}
          />
          <p className="small">
            {t('web.second_factor.or_type')} <code className="typed-secret">{in_fours(begun.secret)}</code>
          </p>
        </li>
        <li>
          <p>{t('web.second_factor.then')}</p>
        </li>
      </ol>
      <div style={{ maxWidth: '26rem' }}>
        <ProofForm
          send="web.second_factor.switch_on"
          submit={async (body) => set_codes((await call('put', own, {}, { body })).codes)}
        />
      </div>
      <RecoveryCodes codes={codes} close={done} />
    </div>
  );
}

const in_fours = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

function ProofForm({ send, submit }: { send: PlainTextId; submit: (proof: Proof) => Promise<void> }) {
  const { t } = useTexts();
  const [password, set_password] = useState('');
  const [code, set_code] = useState('');
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  async function try_it() {
    set_refusal(undefined);
    try {
      await submit({ password, code });
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
  }
  return (
    <Form refusal={refusal} submit={try_it}>
      <TextField
        name="code"
        label={t('web.second_factor.code')}
        hint={t('web.second_factor.code_hint')}
        value={code}
        change={set_code}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField
        name="password"
        type="password"
        label={t('web.password.current')}
        value={password}
        change={set_password}
        autoComplete="current-password"
        required
      />
      <div>
        <Button type="submit">{t(send)}</Button>
      </div>
    </Form>
  );
}

function RecoveryCodes({ codes, close }: { codes: string[]; close: () => void }) {
  const { t } = useTexts();
  if (codes.length === 0) return null;
  return (
    <Dialog title={t('web.second_factor.recovery')}>
      <p>{t('web.second_factor.recovery_text')}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={close}>{t('web.second_factor.kept')}</Button>
      </div>
    </Dialog>
  );
}
