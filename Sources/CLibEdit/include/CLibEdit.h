/// The part of libedit that EventSpec uses, without variadic functions and with opaque handles, and the signal
/// handling that goes with a terminal.
#ifndef EVENTSPEC_CLIBEDIT_H
#define EVENTSPEC_CLIBEDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/// A line editor over standard input and output.
typedef struct eventspec_editor eventspec_editor;

/// What an action did, and what the editor has to do after it.
typedef enum eventspec_outcome {
  /// The screen is as it should be.
  EVENTSPEC_UNCHANGED,
  /// The line or the prompt changed: draw what differs.
  EVENTSPEC_REFRESH,
  /// The styles of the prompt changed, which libedit does not see: draw everything.
  EVENTSPEC_REDISPLAY,
  /// The action makes no sense here.
  EVENTSPEC_BEEP,
  /// Stop editing.
  EVENTSPEC_STOP,
} eventspec_outcome;

/// Keys that stand for an editing command of libedit's own. They lie in the C1 block, which no user types.
typedef enum eventspec_key {
  EVENTSPEC_KEY_ACCEPT = 0x80,
  EVENTSPEC_KEY_LINE_START,
  EVENTSPEC_KEY_LINE_END,
  EVENTSPEC_KEY_ROW_UP,
  EVENTSPEC_KEY_ROW_DOWN,
  EVENTSPEC_KEY_WORD_LEFT,
  EVENTSPEC_KEY_WORD_RIGHT,
  EVENTSPEC_KEY_DELETE_WORD_LEFT,
  EVENTSPEC_KEY_DELETE_WORD_RIGHT,
  EVENTSPEC_KEY_CAPITALIZE,
  EVENTSPEC_KEY_LOWERCASE,
  EVENTSPEC_KEY_UPPERCASE,
  EVENTSPEC_KEY_CLEAR_SCREEN,
  EVENTSPEC_KEY_CUT_TO_END,
  EVENTSPEC_KEY_CUT_LINE,
  EVENTSPEC_KEY_PASTE_CUT,
  EVENTSPEC_KEY_TRANSPOSE,
  /// Calls the action callback.
  EVENTSPEC_KEY_ACTION,
} eventspec_key;

/// The next `eventspec_key`; below 0 at the end of input.
typedef int32_t (*eventspec_next_key)(void *context);

/// Performs the action that the last `EVENTSPEC_KEY_ACTION` stood for.
typedef eventspec_outcome (*eventspec_action)(void *context);

/// Opens an editor; NULL if the terminal cannot be used.
eventspec_editor *eventspec_editor_open(void *context, eventspec_next_key next_key, eventspec_action action);

/// Restores the terminal and frees the editor.
void eventspec_editor_close(eventspec_editor *editor);

/// Tells whether the terminal can move the cursor and clear a line, without which it cannot be edited on.
bool eventspec_editor_is_capable(const eventspec_editor *editor);

/// Edits one line. True if it was accepted; it stays in `eventspec_editor_text` until the next call.
bool eventspec_editor_read(eventspec_editor *editor);

/// Sets the prompt, in which `\1` opens and closes a control sequence. The text is copied.
void eventspec_editor_set_prompt(eventspec_editor *editor, const wchar_t *prompt);

/// The line being edited, not terminated; valid until it changes.
const wchar_t *eventspec_editor_text(const eventspec_editor *editor, size_t *length, size_t *cursor);

/// Inserts at the cursor.
void eventspec_editor_insert(eventspec_editor *editor, const wchar_t *text);

/// Deletes so many characters before the cursor.
void eventspec_editor_delete(eventspec_editor *editor, int count);

/// Moves the cursor by so many characters, negative to the left.
void eventspec_editor_move(eventspec_editor *editor, int distance);

/// Draws prompt and line anew, from the row on which the terminal's cursor is.
void eventspec_editor_redraw(eventspec_editor *editor);

/// Takes over a changed terminal size.
void eventspec_editor_resize(eventspec_editor *editor);

/// Puts the terminal into the mode for editing, or back.
void eventspec_editor_set_editing(eventspec_editor *editor, bool editing);

/// The number of columns that a character takes in libedit's eyes; 0 if none.
int eventspec_character_columns(wchar_t character);

/// Sets LC_CTYPE to the user's locale, or to a UTF-8 one if that is not UTF-8. True if it now is UTF-8.
bool eventspec_use_utf8_locale(void);

/// The size of the terminal on a descriptor; false if it is none or does not know.
bool eventspec_terminal_size(int descriptor, int *columns, int *rows);

/// Writes through standard output's buffer, as libedit does.
void eventspec_terminal_write(const char *bytes, size_t count);

/// Writes out what is buffered.
void eventspec_terminal_flush(void);

/// Installs handlers for SIGINT, SIGHUP, SIGTERM, SIGWINCH, and SIGCONT that write the signal's number into a pipe.
/// An ignored SIGHUP, SIGTERM or SIGINT stays ignored. Returns the pipe's reading end, -1 if there is none.
/// Calling it again does nothing but return that.
int eventspec_signals_install(void);

/// Puts the handlers back that were there before.
void eventspec_signals_uninstall(void);

/// Ends the process by a signal, as if it had never been handled.
void eventspec_signals_end_process(int signal);

/// From now on (or no longer) the terminal's mode is restored and the control sequence written when the
/// process exits, or when it is told to end for the second time.
void eventspec_terminal_guard(bool editing);

/// Remembers the terminal's mode as that to be restored.
void eventspec_terminal_remember(void);

#endif
