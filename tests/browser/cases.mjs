// Cases that stories begin with, and the steps that people take on their page.
import { api_of } from './server.mjs';

// Today in Finland, or so many days from it.
export const day = (from_today = 0) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date(Date.now() + from_today * 86_400_000));

export const this_year = Number(day().slice(0, 4));
export const next_year = this_year + 1;

// A reminder that came by post, registered by the registrar over the API.
export async function a_reminder(server, subject, more = {}) {
  const registrar = await api_of(server, 'registrar');
  const { case_id } = await registrar.post('/api/v1/reminders', {
    opening: {
      arrived_on: day(-6),
      channel: 'letter',
      units: ['terveysasemat'],
      sectors: ['health'],
      cause: 'care',
      maker: 'client',
      subject,
      client: { name: 'Anna Åkerlund' },
      matters: [{ unit: 'terveysasemat', cause: 'care', description: 'Lähetettä ei tehty.' }],
      ...more,
    },
  });
  return { registrar, id: case_id };
}

export const steps_of = (page) => page.locator('section[aria-labelledby=steps]');

// What stands in the form of a step, sent.
export async function step(page, t, command, fill = async () => undefined) {
  const name = t(`command.${command}`);
  await page.getByRole('heading', { level: 2, name: t('web.case_page.timeline') }).waitFor();
  await steps_of(page).waitFor();
  const offered = steps_of(page).getByRole('button', { name, exact: true });
  if (!(await offered.isVisible())) await page.locator('.all-steps > summary').click();
  await offered.click();
  const form = page.getByRole('region', { name });
  await form.waitFor();
  await fill(form);
  await form.getByRole('button', { name, exact: true }).click();
  await steps_of(page).waitFor();
}
