import '~/components/components.css';
import { type ReactNode, type Ref, useRef } from 'react';
import { Refusal, type Unreachable } from '~/api/refusal';
import { useTexts } from '~/texts/texts';

// Something to know about the page. Errors are announced at once, the rest when there is time.
export function Notice({
  kind,
  title,
  children,
  ref,
}: {
  kind: 'info' | 'success' | 'warning' | 'error';
  title: ReactNode;
  children?: ReactNode;
  ref?: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={ref}
      tabIndex={-1}
      className={`notice stack close ${kind}`}
      role={kind === 'error' ? 'alert' : 'status'}
    >
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}

// Why the server refused, in its own words; what stands at a field is not said twice.
export function RefusalNotice({
  refusal,
  shown_at = [],
  ref,
}: {
  refusal: Refusal | Unreachable;
  shown_at?: string[];
  ref?: Ref<HTMLDivElement>;
}) {
  const { t } = useTexts();
  const own = useRef<HTMLDivElement>(null);
  if (!(refusal instanceof Refusal)) {
    return (
      <Notice kind="error" title={t('web.unreachable.title')} ref={ref ?? own}>
        <p>{t('web.unreachable.text')}</p>
      </Notice>
    );
  }
  const rest = refusal.fields.filter(({ field }) => !shown_at.includes(field));
  return (
    <Notice kind="error" title={refusal.title || t('web.refusal.title')} ref={ref ?? own}>
      {refusal.detail && refusal.fields.length === 0 ? <p>{refusal.detail}</p> : null}
      {rest.length > 0 ? (
        <ul>
          {rest.map(({ field, message }) => (
            <li key={`${field} ${message}`}>{message}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  );
}
