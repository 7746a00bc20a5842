/** Looks up, while a name or number is typed, the records that may be the same; the server writes what is shown. */
const quietMs = 350;

for (const region of document.querySelectorAll<HTMLElement>('[data-duplicates]')) {
  const { duplicates = '', field = '' } = region.dataset;
  const input = document.getElementById(field) as HTMLInputElement | null;
  const kind = input?.form?.elements.namedItem('kind') as HTMLSelectElement | null | undefined;
  let timer = 0;
  let last = 0;
  let shown = region.innerHTML.trim();

  const ask = async () => {
    const address = new URL(duplicates, location.href);
    address.searchParams.set('value', input?.value ?? '');
    if (kind) address.searchParams.set('kind', kind.value);
    last += 1;
    const turn = last;
    try {
      const answer = await fetch(address);
      const html = (await answer.text()).trim();
      // An old answer, or the page to sign in at, since the session has ended.
      if (turn !== last || !answer.ok || answer.redirected) return;
      // What stands there already is not read out again.
      if (html !== shown) region.innerHTML = html;
      shown = html;
    } catch {
      // Without a connection the form looks it up when it is sent.
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, quietMs);
  };
  input?.addEventListener('input', later);
  kind?.addEventListener('change', later);
}
