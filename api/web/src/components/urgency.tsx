import '~/components/components.css';
import { type PlainTextId, useTexts } from '~/texts/texts';

export const urgency_texts: Record<string, PlainTextId> = {
  critical: 'web.urgency.critical',
  escalated: 'web.urgency.escalated',
  overdue: 'web.urgency.overdue',
  'due-soon': 'web.urgency.due_soon',
  'on-track': 'web.urgency.on_track',
  none: 'web.urgency.none',
};

export function Urgency({ urgency }: { urgency: string }) {
  const { t } = useTexts();
  return <span className={`urgency ${urgency}`}>{t(urgency_texts[urgency] ?? 'web.urgency.none')}</span>;
}
