/** Shows, while somebody says what they need or have, what the catalogue has for it; the server writes what is shown. */
const typingMs = 700;

for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) {
  const { live = '', guide = '', least = '0' } = region.dataset;
  const input = document.querySelector<HTMLTextAreaElement>('textarea[name=text]');
  const status = region.previousElementSibling as HTMLElement;
  let timer = 0;
  let asked = region.firstElementChild ? input?.value.trim() : '';
  let running = new AbortController();

  const ask = async () => {
    const text = input?.value.trim() ?? '';
    if (text === asked || text.length < Number(least)) return;
    asked = text;
    running.abort();
    running = new AbortController();
    try {
      const answer = await fetch(live, {
        method: 'POST',
        body: new URLSearchParams({ guide, text }),
        signal: running.signal,
      });
      if (!answer.ok) return;
      region.innerHTML = await answer.text();
      // Only how many there are is read out while somebody types.
      status.textContent = region.querySelector('h2')?.textContent ?? '';
    } catch {
      // Typed on, or without a connection: the button shows it.
    }
  };

  input?.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, typingMs);
  });
  void ask();
}
