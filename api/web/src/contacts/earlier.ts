// An earlier contact, as a follow-up goes on with its matters.
import type { Earlier } from '~/contacts/contact_draft';
import type { LogContact } from '~/contacts/waiting_contacts';

type Matter = NonNullable<LogContact['matters']>[number];

export const earlier_of = (
  case_id: string,
  name: string,
  contact: LogContact,
  label: (matter: Matter) => string,
): Earlier => ({
  contact_id: case_id,
  name,
  matters: (contact.matters ?? []).map((matter, index) => ({
    matter_id: `m${index + 1}`,
    sectors: matter.sectors,
    label: label(matter),
  })),
});
