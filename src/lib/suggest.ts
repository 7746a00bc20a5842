/**
 * Suggestions under the page's search boxes: the combobox pattern of the ARIA Authoring Practices.
 * Loaded when somebody first enters one of them.
 */
interface Suggestion {
  url: string;
  /** Escaped HTML with the matched words marked. */
  titleHtml: string;
  detail: string;
}

const pauseMs = 120;

/** Gives a search form its list of suggestions. Without an answer the form goes on working by itself. */
function suggestIn(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=search]');
  if (!input) return;
  const list = document.createElement('ul');
  const status = document.createElement('p');
  list.id = `${input.id}-suggestions`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
  list.hidden = true;
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  form.append(list, status);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  }))
    input.setAttribute(name, value);

  let chosen = -1;
  let timer = 0;
  let asked = '';

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  const choose = (index: number) => {
    const options = [...list.children];
    chosen = index < 0 ? options.length - 1 : index % options.length;
    for (const [i, option] of options.entries()) option.setAttribute('aria-selected', String(i === chosen));
    options[chosen].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[chosen].id);
  };

  const show = (suggestions: Suggestion[]) => {
    list.replaceChildren(
      ...suggestions.map(({ url, titleHtml, detail }, i) => {
        const option = document.createElement('li');
        option.id = `${list.id}-${i}`;
        option.dataset.url = url;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.innerHTML = titleHtml;
        const small = document.createElement('small');
        small.textContent = detail;
        option.append(small);
        return option;
      }),
    );
    chosen = -1;
    input.removeAttribute('aria-activedescendant');
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    status.textContent = list.hidden ? '' : (form.dataset.hint ?? '').replace('{n}', String(suggestions.length));
  };

  const ask = async () => {
    const q = input.value.trim();
    if (q === asked) return;
    asked = q;
    if (q.length < 2) return close();
    try {
      const { language = 'vi', kind = '' } = form.dataset;
      const answer = await fetch(
        `/api/v1/suggest?${new URLSearchParams({ q, lang: language, ...(kind && { kind }) })}`,
      );
      const { items } = (await answer.json()) as { items: Suggestion[] };
      // An answer that comes after the next letter was typed is old.
      if (q === asked && document.activeElement === input) show(items);
    } catch {
      close();
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, pauseMs);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      return close();
    }
    if (list.hidden) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(event.key === 'ArrowDown' ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      location.href = (list.children[chosen] as HTMLElement).dataset.url ?? '';
    }
  });
  // A press must not take the focus, or the list would close before the click.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = (event.target as Element).closest<HTMLElement>('[role=option]');
    if (option?.dataset.url) location.href = option.dataset.url;
  });
  input.addEventListener('blur', close);
  void ask();
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[role=search]')) suggestIn(form);
