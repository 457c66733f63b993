// What the case holds besides its course: its parties, statements and measures, each as it stands now.
import { useMemo } from 'react';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, is_value, type Value } from '~/case_page/contents';
import { useCodes, useColleagues, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function CaseParts({ page }: { page: CasePageAnswer }) {
  const { t, date } = useTexts();
  const contents = useMemo(() => contents_of(page), [page]);
  const units = useUnits();
  const people = useColleagues();
  const codes = useCodes();
  return (
    <>
      <Parties opening={contents.opening} />
      {contents.statements.length > 0 ? (
        <section className="card stack" aria-labelledby="statements">
          <h2 id="statements">{t('web.case.statements.title')}</h2>
          <ul className="related">
            {contents.statements.map((one) => (
              <li key={one.statement_id}>
                {units.name_of(one.unit)}
                <span className="small quiet block">
                  {one.received_on
                    ? t('web.case.statements.received', { date: date(one.received_on) })
                    : one.waived_on
                      ? t('web.case.statements.waived', { date: date(one.waived_on) })
                      : t('web.case.statements.waiting', { date: date(one.due_by) })}
                  {one.chased_on.length > 0
                    ? ` · ${t('web.case.statements.chased', { date: one.chased_on.map(date).join(', ') })}`
                    : ''}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {contents.inquiries.length > 0 ? (
        <section className="card stack" aria-labelledby="inquiries">
          <h2 id="inquiries">{t('web.case.inquiries.title')}</h2>
          <ul className="related">
            {contents.inquiries.map((one) => (
              <li key={one.inquiry_id}>
                {codes.label('inquiry', one.inquiry_kind)}
                <span className="small quiet block">
                  {one.sender}
                  {' · '}
                  {one.answered_on
                    ? t('web.case.inquiries.answered', { date: date(one.answered_on) })
                    : t('web.case.inquiries.due', { date: date(one.due_by) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {contents.measures.length > 0 ? (
        <section className="card stack" aria-labelledby="measures">
          <h2 id="measures">{t('web.case.measures.title')}</h2>
          <ul className="related">
            {contents.measures.map((one) => {
              const who = people.name_of(one.owner);
              return (
                <li key={one.measure_id}>
                  {one.what}
                  <span className="small quiet block">
                    {one.verified_on
                      ? t('web.case.measures.verified', { who, date: date(one.verified_on) })
                      : one.done_on
                        ? t('web.case.measures.done', { who, date: date(one.done_on) })
                        : t('web.case.measures.due', { who, date: date(one.due_by) })}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
    </>
  );
}

// Of a case, whom it was opened with; of a contact, whose client record it is.
function Parties({ opening }: { opening: Value }) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const record = is_value(opening.client_record) ? opening.client_record : {};
  const maker = String(opening.maker ?? '');
  const parties = (
    [
      [named('label.client'), opening.client],
      [(maker && codes.label('maker', maker)) || named('label.maker_person'), opening.maker_person],
      [named('label.client'), record.client],
      [named('label.representative'), record.representative],
    ] as [string, unknown][]
  ).filter((one): one is [string, Value] => is_value(one[1]) && Object.keys(one[1]).length > 0);
  if (parties.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="parties">
      <h2 id="parties">{t('web.case.parties.title')}</h2>
      {parties.map(([role, person]) => (
        <Person key={role} role={role} person={person} />
      ))}
    </section>
  );
}

function Person({ role, person }: { role: string; person: Value }) {
  const { t, date } = useTexts();
  const said = (name: string) => (typeof person[name] === 'string' ? (person[name] as string) : '');
  const rest = [
    said('identity_code') || said('temporary_id') || (said('birth_on') && date(said('birth_on'))),
    said('phone'),
    said('email'),
    said('address'),
  ].filter(Boolean);
  return (
    <div className="stack close">
      <p className="small quiet">{role}</p>
      <p>
        {said('name')}
        {person.disclosure_banned === true ? (
          <strong className="ban block small">
            {t('web.case.parties.ban')}
            {said('ban_scope') ? `: ${said('ban_scope')}` : ''}
          </strong>
        ) : null}
      </p>
      {rest.map((one) => (
        <p key={one} className="small quiet">
          {one}
        </p>
      ))}
    </div>
  );
}
