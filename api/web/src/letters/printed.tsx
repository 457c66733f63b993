// A letter as paper has it: made by the server as a PDF, looked at in a tab of its own or saved.
import '~/letters/letters.css';
import { useEffect, useRef, useState } from 'react';
import { file_of } from '~/api/downloading';
import { Refusal, Unreachable } from '~/api/refusal';
import { RefusalNotice } from '~/components/notice';
import { kind_paths } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';

export interface Paper {
  title: string;
  markdown: string;
  language: string;
}
export const paper_of = (kind: string, id: string, paper: Paper) =>
  file_of(`/api/v1/${kind_paths[kind] ?? kind}/${id}/letters/print`, paper);

// What people typed stays words in Markdown, whatever signs are in it.
export const as_words = (text: string) =>
  text
    .trim()
    .replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, (sign) => `\\${sign}`)
    .replace(/\n/g, '  \n');

export const file_name_of = (title: string) =>
  `${
    title
      .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, 100) || 'PDF'
  }.pdf`;

export function usePrinting(kind: string, id: string) {
  const [printed, set_printed] = useState<{ url: string; name: string }>();
  const [making, set_making] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  useEffect(() => (printed ? () => URL.revokeObjectURL(printed.url) : undefined), [printed]);
  return {
    printed,
    making,
    refusal,
    async make(paper: Paper): Promise<Blob | undefined> {
      set_making(true);
      set_refusal(undefined);
      try {
        const blob = await paper_of(kind, id, paper);
        set_printed({ url: URL.createObjectURL(blob), name: file_name_of(paper.title) });
        return blob;
      } catch (wrong) {
        if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
        set_refusal(wrong);
        return undefined;
      } finally {
        set_making(false);
      }
    },
  };
}

// Where the paper is, once it is made: the focus goes there.
export function Printed({ printing }: { printing: ReturnType<typeof usePrinting> }) {
  const { t } = useTexts();
  const link = useRef<HTMLAnchorElement>(null);
  const { printed, making, refusal } = printing;
  useEffect(() => {
    if (printed) link.current?.focus();
  }, [printed]);
  return (
    <>
      <span role="status" className="quiet">
        {making ? t('web.letter.making') : ''}
      </span>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
      {printed && !making ? (
        <p className="row printed">
          <a ref={link} href={printed.url} target="_blank" rel="noreferrer">
            {t('web.letter.open_paper')}
          </a>
          <a href={printed.url} download={printed.name}>
            {t('web.letter.save_paper')}
          </a>
        </p>
      ) : null}
    </>
  );
}
