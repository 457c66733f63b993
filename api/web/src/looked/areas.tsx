// Whose access log it is: each area has one of its own, and auditors are appointed for an area.
import { has_role, type Session } from '~/api/session';
import { Choice } from '~/forms/choice';
import { useTexts } from '~/texts/texts';

export type AreaName = 'ombudsman' | 'legal';
const all: AreaName[] = ['ombudsman', 'legal'];

export const areas_audited = (session: Session): AreaName[] =>
  has_role(session, 'AUDITOR') ? all.filter((area) => session.auditor_of.includes(area)) : [];

// Who hears of files opened in an emergency.
export const areas_told = (session: Session): AreaName[] =>
  all.filter(
    (area) =>
      areas_audited(session).includes(area) ||
      (area === 'ombudsman' ? has_role(session, 'HEAD_OMBUDSMAN') : has_role(session, 'REGISTRAR', 'LAWYER')),
  );

export function AreaChoice({
  areas,
  value,
  change,
}: {
  areas: AreaName[];
  value: AreaName;
  change: (area: AreaName) => void;
}) {
  const { t } = useTexts();
  return (
    <Choice
      name="area"
      legend={t('web.looked.area')}
      value={value}
      change={change}
      options={areas.map((area) => [
        area,
        area === 'ombudsman' ? t('web.looked.area_ombudsman') : t('web.looked.area_legal'),
      ])}
    />
  );
}
