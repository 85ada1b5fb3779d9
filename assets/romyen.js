// Everything works without this file; it makes waiting shorter and leaving quicker.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { AddAnother, Alert, ButtonMenu, MultiSelect, SortableTable } from "@ministryofjustice/frontend";
import htmx from "htmx.org";
import { keepDrafts, keepPlace } from "./drafts.js";

const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  AddAnother,
  Alert,
  ButtonMenu,
  MultiSelect,
  SortableTable,
];

function enliven(scope) {
  for (const component of components) {
    createAll(component, undefined, { scope, onError: () => {} });
  }
  keepDrafts(scope);
}

keepPlace();
document.body.classList.add("js-enabled", "govuk-frontend-supported");
enliven(document);
htmx.onLoad(enliven);
