// Forms of a report and the languages it is made in, by their names in the API.
import type { PlainTextId } from '~/texts/texts';

export const forms = ['pdf', 'docx', 'xlsx', 'csv', 'zip', 'json'] as const; // of files; html is read here

export const form_texts: Record<string, PlainTextId> = {
  html: 'web.reports.form.html',
  pdf: 'web.reports.form.pdf',
  docx: 'web.reports.form.docx',
  xlsx: 'web.reports.form.xlsx',
  csv: 'web.reports.form.csv',
  zip: 'web.reports.form.zip',
  json: 'web.reports.form.json',
};

export const language_texts: Record<string, PlainTextId> = {
  fi: 'web.reports.language.fi',
  sv: 'web.reports.language.sv',
  en: 'web.reports.language.en',
};
