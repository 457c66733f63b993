// What nobody tells of is asked again every now and then, while somebody looks.
import { useEffect } from 'react';

export function useRefreshed(again: () => unknown, every_ms = 10_000) {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') again();
    }, every_ms);
    return () => clearInterval(timer);
  }, [again, every_ms]);
}
