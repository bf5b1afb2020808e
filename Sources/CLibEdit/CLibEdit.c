#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE
#include "CLibEdit.h"

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

struct eventspec_editor {
  EditLine *line;
  FILE *silence;
  wchar_t *prompt;
  void *context;
  eventspec_next_key next_key;
  eventspec_action action;
};

static eventspec_editor *editor_of(EditLine *line) {
  void *data = NULL;
  el_wget(line, EL_CLIENTDATA, &data);
  return data;
}

static wchar_t *prompt_of(EditLine *line) {
  static wchar_t empty[] = L"";
  eventspec_editor *editor = editor_of(line);
  return editor->prompt != NULL ? editor->prompt : empty;
}

static int read_key(EditLine *line, wchar_t *key) {
  eventspec_editor *editor = editor_of(line);
  int32_t next = editor->next_key(editor->context);
  *key = next < 0 ? L'\0' : (wchar_t)next;
  return next < 0 ? 0 : 1;
}

static unsigned char perform(EditLine *line, wint_t key) {
  (void)key;
  eventspec_editor *editor = editor_of(line);
  switch (editor->action(editor->context)) {
    case EVENTSPEC_REFRESH:
      return CC_REFRESH;
    case EVENTSPEC_REDISPLAY:
      return CC_REDISPLAY;
    case EVENTSPEC_BEEP:
      return CC_ERROR;
    case EVENTSPEC_STOP:
      return CC_EOF;
    default:
      return CC_NORM;
  }
}

static const struct {
  int key;
  const wchar_t *command;
} bindings[] = {
    {EVENTSPEC_KEY_ACCEPT, L"ed-newline"},
    {EVENTSPEC_KEY_LINE_START, L"ed-move-to-beg"},
    {EVENTSPEC_KEY_LINE_END, L"ed-move-to-end"},
    {EVENTSPEC_KEY_ROW_UP, L"ed-prev-line"},
    {EVENTSPEC_KEY_ROW_DOWN, L"ed-next-line"},
    {EVENTSPEC_KEY_WORD_LEFT, L"ed-prev-word"},
    {EVENTSPEC_KEY_WORD_RIGHT, L"em-next-word"},
    {EVENTSPEC_KEY_DELETE_WORD_LEFT, L"ed-delete-prev-word"},
    {EVENTSPEC_KEY_DELETE_WORD_RIGHT, L"em-delete-next-word"},
    {EVENTSPEC_KEY_CAPITALIZE, L"em-capitol-case"},
    {EVENTSPEC_KEY_LOWERCASE, L"em-lower-case"},
    {EVENTSPEC_KEY_UPPERCASE, L"em-upper-case"},
    {EVENTSPEC_KEY_CLEAR_SCREEN, L"ed-clear-screen"},
    {EVENTSPEC_KEY_CUT_TO_END, L"ed-kill-line"},
    {EVENTSPEC_KEY_CUT_LINE, L"em-kill-line"},
    {EVENTSPEC_KEY_PASTE_CUT, L"em-yank"},
    {EVENTSPEC_KEY_TRANSPOSE, L"ed-transpose-chars"},
    {EVENTSPEC_KEY_ACTION, L"eventspec-action"},
};

static bool has_capability(EditLine *line, const char *name) {
  char *value = NULL;
  char capability[3];
  snprintf(capability, sizeof capability, "%s", name);
  return el_get(line, EL_GETTC, capability, &value) == 0 && value != NULL && *value != '\0';
}

static bool is_capable(EditLine *line) {
  return has_capability(line, "ce") && (has_capability(line, "up") || has_capability(line, "ch"));
}

eventspec_editor *eventspec_editor_open(void *context, eventspec_next_key next_key, eventspec_action action) {
  eventspec_editor *editor = calloc(1, sizeof *editor);
  if (editor == NULL) return NULL;
  editor->context = context;
  editor->next_key = next_key;
  editor->action = action;
  // For a terminal type that it does not know, libedit prints two lines of apology.
  editor->silence = fopen("/dev/null", "w");
  editor->line = el_init("eventspec", stdin, stdout, editor->silence != NULL ? editor->silence : stderr);
  if (editor->line == NULL) {
    if (editor->silence != NULL) fclose(editor->silence);
    free(editor);
    return NULL;
  }
  EditLine *line = editor->line;
  el_wset(line, EL_CLIENTDATA, editor);
  el_wset(line, EL_SIGNAL, 0);
  el_wset(line, EL_EDITOR, L"emacs");
  // Ctrl-C, Ctrl-Z, and Ctrl-S are keys like others, and a carriage return stays apart from a line feed.
  el_wset(line, EL_SETTY, L"-d", L"-isig", L"-ixon", L"-icrnl", L"-inlcr", (wchar_t *)NULL);
  el_wset(line, EL_PROMPT_ESC, prompt_of, (int)L'\1');
  el_wset(line, EL_GETCFN, read_key);
  if (!is_capable(line)) el_wset(line, EL_TERMINAL, "xterm");
  el_wset(line, EL_ADDFN, L"eventspec-action", L"Perform what the key stands for", perform);
  for (size_t index = 0; index < sizeof bindings / sizeof *bindings; index++) {
    wchar_t key[8];
    swprintf(key, sizeof key / sizeof *key, L"\\%03o", (unsigned)bindings[index].key);
    el_wset(line, EL_BIND, key, bindings[index].command, (wchar_t *)NULL);
  }
  return editor;
}

void eventspec_editor_close(eventspec_editor *editor) {
  if (editor == NULL) return;
  el_end(editor->line);
  if (editor->silence != NULL) fclose(editor->silence);
  free(editor->prompt);
  free(editor);
}

bool eventspec_editor_is_capable(const eventspec_editor *editor) { return is_capable(editor->line); }

bool eventspec_editor_read(eventspec_editor *editor) {
  int count = 0;
  return el_wgets(editor->line, &count) != NULL && count > 0;
}

void eventspec_editor_set_prompt(eventspec_editor *editor, const wchar_t *prompt) {
  wchar_t *copy = wcsdup(prompt);
  if (copy == NULL) return;
  free(editor->prompt);
  editor->prompt = copy;
}

const wchar_t *eventspec_editor_text(const eventspec_editor *editor, size_t *length, size_t *cursor) {
  const LineInfoW *line = el_wline(editor->line);
  *length = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return line->buffer;
}

void eventspec_editor_insert(eventspec_editor *editor, const wchar_t *text) {
  if (*text != L'\0') el_winsertstr(editor->line, text);
}

void eventspec_editor_delete(eventspec_editor *editor, int count) {
  if (count > 0) el_deletestr(editor->line, count);
}

void eventspec_editor_move(eventspec_editor *editor, int distance) {
  if (distance != 0) el_cursor(editor->line, distance);
}

void eventspec_editor_redraw(eventspec_editor *editor) { el_wset(editor->line, EL_REFRESH); }

void eventspec_editor_resize(eventspec_editor *editor) { el_resize(editor->line); }

void eventspec_editor_set_editing(eventspec_editor *editor, bool editing) {
  el_wset(editor->line, EL_PREP_TERM, editing ? 1 : 0);
}

int eventspec_character_columns(wchar_t character) {
  int columns = wcwidth(character);
  return columns > 0 ? columns : 0;
}

static bool is_utf8(void) {
  const char *codeset = nl_langinfo(CODESET);
  return strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "utf8") == 0;
}

bool eventspec_use_utf8_locale(void) {
  static const char *const candidates[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"};
  for (size_t index = 0; index < sizeof candidates / sizeof *candidates; index++) {
    if (setlocale(LC_CTYPE, candidates[index]) != NULL && is_utf8()) return true;
  }
  return false;
}

bool eventspec_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

void eventspec_terminal_write(const char *bytes, size_t count) { fwrite(bytes, 1, count, stdout); }

void eventspec_terminal_flush(void) { fflush(stdout); }
