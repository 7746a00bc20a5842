/**
 * Keeps in the tab what is being typed into a form, until the server has it: a lost connection, a closed page or a
 * crash cost nothing. The tab's own storage, so that nothing stays on a shared computer.
 */
const form = document.querySelector<HTMLFormElement>('form[data-keep]');

if (form) {
  const { keep = '', restored = '', offline = '' } = form.dataset;
  // The record's version is part of the key: what the server has taken since is never overwritten.
  const prefix = keep.slice(0, keep.lastIndexOf('/') + 1);
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix) && key !== keep) sessionStorage.removeItem(key);
  }
  const fields = [...form.elements].filter(
    (field): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
      'value' in field &&
      'name' in field &&
      field.name !== '' &&
      !(field as HTMLInputElement).type.match(/hidden|file|submit/),
  );
  const state = () =>
    fields.map((field) =>
      field instanceof HTMLInputElement && field.type === 'checkbox' ? field.checked : field.value,
    );
  const say = (text: string) => {
    const note = document.createElement('p');
    note.className = 'notice';
    note.setAttribute('role', 'status');
    form.prepend(note);
    note.textContent = text;
  };

  const kept = JSON.parse(sessionStorage.getItem(keep) ?? 'null') as (string | boolean)[] | null;
  if (kept?.length === fields.length && JSON.stringify(kept) !== JSON.stringify(state())) {
    fields.forEach((field, n) => {
      const value = kept[n];
      if (typeof value === 'boolean') (field as HTMLInputElement).checked = value;
      else field.value = value;
    });
    say(restored);
  }
  form.addEventListener('input', () => sessionStorage.setItem(keep, JSON.stringify(state())));
  form.addEventListener('submit', (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say(offline);
  });
}
