/** What JavaScript adds to the moderators' pages: shortcuts of single keys, and reasons filled in by a choice. */
const help = document.querySelector<HTMLDetailsElement>('[data-shortcuts]');
const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const typedInto = 'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])';

/** Goes to what a key stands for; only where nothing is decided by it does the key press it as well. */
function reach(target: HTMLElement): void {
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    (target.querySelector('textarea') ?? target.querySelector('summary'))?.focus();
  } else if ('press' in target.dataset) target.click();
  else target.focus();
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if ((event.target as Element).closest(typedInto)) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const step = steps[event.key];
  // Arrows scroll the page until somebody is in the list.
  if (step && rows.length > 0 && (at >= 0 || event.key.length === 1)) {
    rows[Math.min(rows.length - 1, Math.max(0, at + step))].querySelector('a')?.focus();
  } else if (at >= 0 && event.key === 'o') rows[at].querySelector('a')?.click();
  else if (at >= 0 && event.key === 'x') rows[at].querySelector('input')?.click();
  else {
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    reach(target);
  }
  event.preventDefault();
}

const toggle = help?.querySelector('input');
if (help && toggle) {
  help.hidden = false;
  toggle.checked = localStorage.getItem('shortcuts') !== 'off';
  toggle.addEventListener('change', () => localStorage.setItem('shortcuts', toggle.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => toggle.checked && onKey(event));
}

for (const select of document.querySelectorAll<HTMLSelectElement>('select[data-fills]')) {
  select.addEventListener('change', () => {
    const area = document.getElementById(select.dataset.fills ?? '') as HTMLTextAreaElement;
    const text = select.selectedOptions[0].textContent ?? '';
    area.value = [area.value.trim(), text].filter(Boolean).join('\n');
    // Left chosen, the server would add it once more.
    select.value = '';
    area.focus();
  });
}
