// Autosave: a form with data-draft="URL" is posted there 1.5 s after the last change.
// The server seals what it gets to its author; nothing is kept in the browser.

const WAIT = 1500;

function watch(form) {
  const status = form.querySelector("[data-draft-status]") ?? addStatus(form);
  let timer = 0;
  const later = () => {
    form.dataset.draftChanged = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save(form, status), WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // A draft that arrives after the record itself would offer finished work again.
  form.addEventListener("submit", () => window.clearTimeout(timer));
}

function addStatus(form) {
  const status = document.createElement("p");
  status.className = "romyen-draft";
  status.setAttribute("role", "status");
  form.append(status);
  return status;
}

// Passwords and files never become drafts.
function content(form) {
  const data = new FormData(form);
  for (const input of form.querySelectorAll("input[type=password], input[type=file]")) {
    data.delete(input.name);
  }
  return data;
}

async function save(form, status) {
  const { draftSaved = "Draft saved", draftFailed = "Draft not saved" } = form.dataset;
  try {
    const answer = await fetch(form.dataset.draft, {
      method: "POST",
      body: content(form),
      credentials: "same-origin",
      redirect: "error",
    });
    status.textContent = answer.ok ? draftSaved : draftFailed;
    if (answer.ok) delete form.dataset.draftChanged;
  } catch {
    status.textContent = draftFailed;
  }
}

// A button that leads away and back (language, calendar) waits for what was just typed.
function saveFirst(choice) {
  choice.addEventListener("submit", async (event) => {
    const forms = [...document.querySelectorAll("form[data-draft-changed]")];
    if (!forms.length) return;
    event.preventDefault();
    const button = event.submitter;
    await Promise.all(forms.map((form) => save(form, form.querySelector("[role=status]"))));
    for (const form of forms) delete form.dataset.draftChanged;
    choice.requestSubmit(button);
  });
}

export function keepPlace() {
  for (const choice of document.querySelectorAll("form.romyen-choice[data-keeps-place]")) {
    saveFirst(choice);
  }
}

export function keepDrafts(scope) {
  for (const form of scope.querySelectorAll("form[data-draft]:not([data-draft-watched])")) {
    form.dataset.draftWatched = "";
    watch(form);
  }
}
