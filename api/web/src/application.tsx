import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { SuomifiThemeProvider } from 'suomifi-ui-components';
import { queries } from '~/api/reading';
import { signed_in } from '~/api/session';
import { Faulty } from '~/frame/faulty';
import { Frame } from '~/frame/frame';
import { NewPasswordPage } from '~/frame/new_password_page';
import { NoServer } from '~/frame/no_server';
import { SecondFactorPage } from '~/frame/second_factor_page';
import { SignInAgain } from '~/frame/sign_in_again';
import { SignInPage } from '~/frame/sign_in_page';
import { Toasts } from '~/frame/toasts';
import { useObserved } from '~/observed';
import { WordsProvider } from '~/texts/texts';
import { suomifi_theme } from '~/theme/suomifi_theme';

export function Application() {
  return (
    <StrictMode>
      <SuomifiThemeProvider theme={suomifi_theme}>
        <QueryClientProvider client={queries}>
          <WordsProvider>
            <Faulty>
              <WhoIsHere />
              <Toasts />
            </Faulty>
          </WordsProvider>
        </QueryClientProvider>
      </SuomifiThemeProvider>
    </StrictMode>
  );
}

function WhoIsHere() {
  const now = useObserved(signed_in);
  switch (now.state) {
    case 'unknown':
      return <NoServer />;
    case 'nobody':
      return <SignInPage why={now.why} fault={now.fault} />;
    case 'somebody':
      if (now.session.password_change_required) return <NewPasswordPage />;
      if (now.session.second_factor_required) return <SecondFactorPage />;
      return (
        <>
          <Frame session={now.session} />
          {now.ended ? <SignInAgain session={now.session} /> : null}
        </>
      );
  }
}
