// What every page runs: the GOV.UK components in use, fields that hide with the answers, what was typed and not sent, and
// the time of now.

import { createAll } from 'govuk-frontend/dist/govuk/init.mjs';
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs';
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs';
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs';
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { NotificationBanner } from 'govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs';
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs';
import { ServiceNavigation } from 'govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs';
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs';
import { Tabs } from 'govuk-frontend/dist/govuk/components/tabs/tabs.mjs';

import ConditionalFields from './conditional-fields/ConditionalFields.js';
import KeptInput, { forget, forgetOthers, leave } from './kept-input/KeptInput.js';
import NowButton from './now-button/NowButton.js';

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs
];

COMPONENTS.forEach(component => createAll(component));
document.querySelectorAll('form').forEach(form => new ConditionalFields(form).start());

const whose = document.querySelector('[data-person]')?.dataset.person ?? '';

if (whose) {
  forgetOthers(whose);
}

document.querySelectorAll('[data-forget]').forEach(page => forget(`${ whose }:${ page.dataset.forget }`));
document.querySelectorAll('form[data-keep]').forEach(form => new KeptInput(form).start());
document.querySelectorAll('form[data-signs-out]').forEach(form => form.addEventListener('submit', leave));

document.querySelectorAll('[data-now]').forEach(place => new NowButton(place).start());

// A diagram that is folded away: its viewer is fetched once somebody opens it.
document.querySelectorAll('details[data-viewer]').forEach(fold => {
  fold.addEventListener('toggle', () => import(fold.dataset.viewer), { once: true });
});
