// One of several buttons that look the same: what each is about is said to whoever cannot see where it stands.
export function ButtonAbout({ text, what, press }: { text: string; what: string; press: () => void }) {
  return (
    <button type="button" className="plain-button" onClick={press}>
      {text}
      <span className="out-of-sight"> {what}</span>
    </button>
  );
}
