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

// A menu in the header closes when one goes on elsewhere, or with Escape.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.romyen-menu[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      if (event.type === "keydown" && menu.contains(document.activeElement)) {
        menu.querySelector("summary").focus();
      }
      menu.open = false;
    }
  }
}

for (const happening of ["click", "focusin", "keydown"]) {
  document.addEventListener(happening, closeMenus);
}

keepPlace();
document.body.classList.add("js-enabled", "govuk-frontend-supported");
enliven(document);
htmx.onLoad(enliven);
