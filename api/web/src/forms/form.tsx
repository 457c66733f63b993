// A form whose fields show what the server says of them. After a refusal the first field it names takes the
// focus, or else the notice above.
import '~/forms/forms.css';
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { Refusal, type Unreachable } from '~/api/refusal';
import { RefusalNotice } from '~/components/notice';

interface Fields {
  message_of(name: string): string | undefined;
  register(name: string, focus: () => void): () => void;
}
const InForm = createContext<Fields>({ message_of: () => undefined, register: () => () => undefined });

export function Form({
  refusal,
  submit,
  children,
}: {
  refusal: Refusal | Unreachable | undefined;
  submit: () => unknown;
  children: ReactNode;
}) {
  const fields = useRef(new Map<string, () => void>());
  const above = useRef<HTMLDivElement>(null);
  const [shown_at, set_shown_at] = useState<string[]>([]);

  const value = useMemo<Fields>(
    () => ({
      message_of: (name) =>
        refusal instanceof Refusal
          ? refusal.fields
              .filter(({ field }) => field === name)
              .map(({ message }) => message)
              .join(' ') || undefined
          : undefined,
      register: (name, focus) => {
        fields.current.set(name, focus);
        return () => void fields.current.delete(name);
      },
    }),
    [refusal],
  );

  // Before it is drawn: what stands at its field is never seen above as well.
  useLayoutEffect(() => {
    if (!refusal) return set_shown_at([]);
    const named = refusal instanceof Refusal ? refusal.fields.map(({ field }) => field) : [];
    const here = [...fields.current.keys()].filter((name) => named.includes(name));
    set_shown_at(here);
    const first = here[0] === undefined ? undefined : fields.current.get(here[0]);
    if (first) first();
    else above.current?.querySelector<HTMLElement>('.notice')?.focus();
  }, [refusal]);

  return (
    <InForm value={value}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {refusal ? (
          <div ref={above}>
            <RefusalNotice refusal={refusal} shown_at={shown_at} />
          </div>
        ) : null}
        {children}
      </form>
    </InForm>
  );
}

// For a field of one's own: what the server said of it, and a place to give the focus to.
export function useField(name: string) {
  const form = useContext(InForm);
  const element = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => form.register(name, () => element.current?.focus()), [form, name]);
  return { message: form.message_of(name), element };
}
