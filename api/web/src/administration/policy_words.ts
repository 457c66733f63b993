// What a policy is called, and its time in words.
import { type PlainTextId, type Speaking, useTexts } from '~/texts/texts';

const names: Record<string, PlainTextId> = {
  'reminder.answer': 'web.policy.reminder_answer',
  'reminder.statement': 'web.policy.reminder_statement',
  'complaint.statement': 'web.policy.complaint_statement',
  'authority-request.statement': 'web.policy.request_statement',
  'inquiry.progress': 'web.policy.inquiry_progress',
  'inquiry.file-copy': 'web.policy.inquiry_file_copy',
  'inquiry.document-copy': 'web.policy.inquiry_document_copy',
  'inquiry.own-data': 'web.policy.inquiry_own_data',
  'inquiry.correction': 'web.policy.inquiry_correction',
  'inquiry.log-data': 'web.policy.inquiry_log_data',
  'contact.idle': 'web.policy.contact_idle',
  'reminder.idle': 'web.policy.reminder_idle',
  'authority-request.idle': 'web.policy.request_idle',
  'complaint.idle': 'web.policy.complaint_idle',
};

export function usePolicyWords() {
  const { t, tn, number } = useTexts();
  const periods: Record<string, (n: number) => ReturnType<Speaking['tn']>> = {
    day: (n) => tn('web.period.day', n),
    week: (n) => tn('web.period.week', n),
    month: (n) => tn('web.period.month', n),
    year: (n) => tn('web.period.year', n),
    'working-day': (n) => tn('web.period.working_day', n),
  };
  return {
    // One that the organisation has made itself goes by its id.
    policy_name: (policy: string) => {
      const id = names[policy];
      return id ? t(id) : policy;
    },
    period: (count: number, unit: string) => periods[unit]?.(count) ?? `${number(count)} ${unit}`,
  };
}
