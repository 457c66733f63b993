// What a fault in the application itself looks like. Most often the server has been renewed under an open
// tab, and a page's file is no longer there: loading again mends it.
import { Component, type ReactNode } from 'react';
import { Button } from 'suomifi-ui-components';
import { Notice } from '~/components/notice';
import { useTexts } from '~/texts/texts';

export class Faulty extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? <Sorry /> : this.props.children;
  }
}

function Sorry() {
  const { t } = useTexts();
  return (
    <Notice kind="error" title={t('web.frame.fault.title')}>
      <p>{t('web.frame.fault.text')}</p>
      <Button onClick={() => location.reload()}>{t('web.frame.fault.again')}</Button>
    </Notice>
  );
}
