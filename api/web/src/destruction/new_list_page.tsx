// What a list of a year would say, before it is opened: nothing is written by looking.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link, useLocation } from 'wouter';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Notice, RefusalNotice } from '~/components/notice';
import { path_of_list } from '~/destruction/destruction';
import { Items } from '~/destruction/items';
import { Choice } from '~/forms/choice';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Area = 'ombudsman' | 'legal';
const years_back = 5;

export default function NewListPage() {
  const { t } = useTexts();
  const lists = useRead('/api/v1/destructions', {});
  return (
    <div className="stack">
      <p className="on-screen">
        <Link href="/destructions">{t('web.destruction.title')}</Link>
      </p>
      <Page title={t('web.destruction.new')} lead={t('web.destruction.new_lead')}>
        <Loaded reading={lists}>{({ opens }) => <Opening areas={opens as Area[]} />}</Loaded>
      </Page>
    </div>
  );
}

function Opening({ areas }: { areas: Area[] }) {
  const { t } = useTexts();
  const codes = useCodes();
  const [, go] = useLocation();
  const [area, set_area] = useState<Area>(areas[0] ?? 'ombudsman');
  const this_year = Number(today().slice(0, 4));
  // In December next year's list is made: what falls due on New Year's Day is destroyed on it.
  const newest = today().slice(5, 7) === '12' ? this_year + 1 : this_year;
  const [year, set_year] = useState(String(this_year));
  const preview = useRead(
    '/api/v1/destructions/preview',
    { query: { area, year: Number(year) } },
    { keep: true },
  );
  const open = useCommand(
    '/api/v1/destructions',
    {},
    { taken: (answer) => go(path_of_list(answer.case_id)) },
  );
  return (
    <>
      <div className="card stack">
        {areas.length > 1 ? (
          <Choice
            name="area"
            legend={t('web.destruction.area')}
            value={area}
            change={set_area}
            options={areas.map((one) => [one, codes.label('area', one)])}
          />
        ) : null}
        <SelectField
          name="year"
          label={t('web.destruction.year')}
          value={year}
          change={set_year}
          options={Array.from({ length: years_back }, (_, back) => String(newest - back)).map((one) => ({
            value: one,
            label: one,
          }))}
        />
      </div>
      <Loaded reading={preview}>
        {({ items, list_id, fates }) => (
          <div className="stack">
            {open.refusal ? <RefusalNotice refusal={open.refusal} /> : null}
            {list_id ? (
              <Notice kind="info" title={t('web.destruction.has_list')}>
                <p>
                  <Link href={path_of_list(list_id)}>{t('web.destruction.go_to_list')}</Link>
                </p>
              </Notice>
            ) : (
              <div className="card stack">
                <p>
                  {t('web.destruction.preview_says', {
                    waiting: fates?.waiting ?? 0,
                    kept: (fates?.held_back ?? 0) + (fates?.to_archive ?? 0),
                  })}
                </p>
                <div className="row">
                  <Button
                    aria-disabled={open.sending}
                    onClick={() => {
                      if (!open.sending) void open.send({ area, year: Number(year) } as never);
                    }}
                  >
                    {t('web.destruction.open')}
                  </Button>
                </div>
              </div>
            )}
            <Items items={items} />
          </div>
        )}
      </Loaded>
    </>
  );
}
