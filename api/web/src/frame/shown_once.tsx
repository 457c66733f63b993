// A secret that the server tells once: to be copied now.
import { Dialog } from '~/components/dialog';

export function ShownOnce({
  title,
  text,
  secret,
  close,
}: {
  title: string;
  text: string;
  secret: string; // empty: nothing is shown
  close: () => void;
}) {
  if (!secret) return null;
  return (
    <Dialog title={title} close={close}>
      <p>{text}</p>
      <p>
        <code className="root-hash">{secret}</code>
      </p>
    </Dialog>
  );
}
