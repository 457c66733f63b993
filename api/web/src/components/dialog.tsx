// A dialog over the page: the browser's own, which keeps the focus inside, makes the rest inert, and gives
// the focus back. Without `close` it cannot be left by Escape.
import '~/components/components.css';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '~/texts/texts';

export function Dialog({
  title,
  close,
  wide = false,
  children,
}: {
  title: string;
  close?: () => void;
  wide?: boolean; // for a form with fields side by side
  children: ReactNode;
}) {
  const { t } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const from = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, []);
  return createPortal(
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close?.();
      }}
      onKeyDown={(event) => {
        // Chromium lets a second Escape through onCancel's preventDefault.
        if (event.key === 'Escape') {
          event.preventDefault();
          close?.();
        }
      }}
    >
      <div className="dialog-inside stack">
        <div className="row spread">
          <h2 id={id}>{title}</h2>
          {close ? (
            <button type="button" className="plain-button" onClick={close}>
              {t('web.dialog.close')}
            </button>
          ) : null}
        </div>
        {children}
      </div>
    </dialog>,
    document.body,
  );
}
