/** What JavaScript adds to every page; the rest is loaded when somebody begins to use it. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-module]')) {
  form.addEventListener('focusin', () => import(/* @vite-ignore */ form.dataset.module ?? ''), { once: true });
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-do]')) {
  // Without https a browser lets no page write to the clipboard.
  if (button.dataset.do === 'copy' && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    if (button.dataset.do === 'print') return print();
    await navigator.clipboard.writeText(location.href);
    button.textContent = button.dataset.done ?? '';
  });
}
