// A step that somebody else's came before: what they did, and the differences to merge. It is sent again on the
// newest version.
import type { CasePageAnswer } from '~/case_page/case_page';
import type { Value } from '~/case_page/contents';
import { EventDetails, Fields } from '~/case_page/event_details';
import { MergeChoices } from '~/components/merge_choices';
import { useTexts } from '~/texts/texts';

export function Merging({
  page,
  since,
  stood,
  theirs,
  mine,
  possible,
  go_on,
}: {
  page: CasePageAnswer;
  since: string; // the version that the form began with
  stood: Value;
  theirs: Value;
  mine: Value;
  possible: boolean;
  go_on: (merged: Value) => void;
}) {
  const { t, named, moment } = useTexts();
  const happened = page.timeline.filter((entry) => Number(entry.version) > Number(since));
  return (
    <MergeChoices
      stood={stood}
      theirs={theirs}
      mine={mine}
      possible={possible}
      go_on={go_on}
      label_of={(path) => path.map((part) => named(`label.${part}`)).join(' › ')}
      said={(path, value) => <Fields of={{ [path.at(-1) ?? '']: value as never }} bare />}
      happened={
        <ul className="merge-events">
          {happened.map((entry) => (
            <li key={entry.version}>
              <details>
                <summary>
                  {t('web.case.merge.event', {
                    title: entry.title,
                    who: entry.actor_name,
                    when: entry.recorded_at ? moment(entry.recorded_at) : '',
                  })}
                </summary>
                <EventDetails json={entry.event_json} />
              </details>
            </li>
          ))}
        </ul>
      }
    />
  );
}
