/// A storage of Redland's from its opening to its close: transactions, several
/// users at once, streams that outlive what they were made from, and the world
/// failing.

#include "redland.h"
#include "tap.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { many = 300 };

static int
size_of(rdf *at)
{
  return librdf_model_size(at->model);
}

static int
add_numbered(rdf *at, int number, const char *context)
{
  char subject[64];
  char object[64];
  snprintf(subject, sizeof subject, "http://e/s%d", number);
  snprintf(object, sizeof object, "\"a text with number %d\"", number);
  return add(at, subject, "http://e/p", object, context);
}

static int
add_many(rdf *at, int first)
{
  int failed = 0;
  for (int i = first; i < first + many; i++) {
    failed += add_numbered(at, i, i % 2 == 0 ? NULL : "http://e/g");
  }
  return failed;
}

/// A new store with many statements, synced.
static void
open_filled(rdf *at, const char *path)
{
  if (!open_store(at, path, "new='yes'")) {
    printf("Bail out! %s\n", complaint);
    exit(99);
  }
  ok(add_many(at, 0) == 0 && librdf_model_sync(at->model) == 0, "fills '%s'",
     path);
}

static librdf_stream *
stream_of(rdf *at)
{
  return librdf_model_as_stream(at->model);
}

/// Whether a stream gives many statements and then ends.
static bool
gives_many(librdf_stream *stream)
{
  lines read = read_stream(stream, true);
  bool is_right = read.count == many;
  for (size_t i = 0; i < read.count; i++) {
    is_right = is_right && strstr(read.items[i], "a text") != NULL;
  }
  free_lines(&read);
  return is_right;
}

static bool
complains_of(const char *what)
{
  bool is_right = complaints > 0 && strstr(complaint, what) != NULL;
  if (!is_right) {
    printf("# %d complaints, the last: %s\n", complaints, complaint);
  }
  complaints = 0;
  complaint[0] = '\0';
  return is_right;
}

// ---- streams ---------------------------------------------------------------

typedef enum { ALREADY_SYNCED, UNDER_WAY } changes;

static void
check_streams(changes state)
{
  const char *when = state == UNDER_WAY ? "while changes are under way" : "";
  rdf at;
  open_filled(&at, "streams");
  if (state == UNDER_WAY) {
    add_numbered(&at, many, NULL);
    take_out(&at, "http://e/s0", "http://e/p", "\"a text with number 0\"",
             NULL);
  }

  librdf_stream *stream = stream_of(&at);
  lines some = read_some(stream, true, 2);
  ok(some.count == 2, "a stream gives two %s", when);
  free_lines(&some);
  librdf_free_stream(stream);
  librdf_free_stream(stream_of(&at));

  librdf_iterator *iterator = librdf_model_get_contexts(at.model);
  ok(librdf_iterator_get_object(iterator) != NULL, "an iterator gives one %s",
     when);
  librdf_free_iterator(iterator);
  librdf_free_iterator(librdf_model_get_contexts(at.model));

  stream = stream_of(&at);
  lines all = read_some(stream, true, SIZE_MAX);
  ok(librdf_stream_end(stream) && librdf_stream_next(stream) != 0 &&
         librdf_stream_get_object(stream) == NULL &&
         librdf_stream_get_context2(stream) == NULL,
     "behind its end a stream gives nothing %s", when);
  free_lines(&all);
  librdf_free_stream(stream);

  librdf_stream *early = stream_of(&at);
  stream = stream_of(&at);
  iterator = librdf_model_get_contexts(at.model);
  bool is_changed = true;
  for (int i = 0; i < 2; i++) {
    librdf_statement *found = librdf_stream_get_object(stream);
    is_changed =
        librdf_model_context_remove_statement(
            at.model, librdf_stream_get_context2(stream), found) == 0 &&
        is_changed;
    librdf_stream_next(stream);
  }
  is_changed = add_numbered(&at, many + 1, "http://e/other") == 0 && is_changed;
  ok(is_changed && size_of(&at) == many - 1,
     "a model is changed while it is read %s", when);
  lines rest = read_some(stream, true, SIZE_MAX);
  ok(rest.count == many - 2, "and the stream goes on as it began %s", when);
  free_lines(&rest);
  librdf_free_stream(stream);
  ok(gives_many(early), "so does one that was not begun %s", when);
  lines contexts = read_iterator(iterator);
  ok(contexts.count == 1, "and an iterator %s", when);
  free_lines(&contexts);

  stream = stream_of(&at);
  early = stream_of(&at);
  iterator = librdf_model_get_contexts(at.model);
  librdf_free_model(at.model);
  at.model = NULL;
  all = read_some(stream, true, SIZE_MAX);
  ok(all.count == many - 1, "a stream outlives its model %s", when);
  free_lines(&all);
  librdf_free_stream(stream);
  close_rdf(&at);
  librdf_free_stream(early);
  librdf_free_iterator(iterator);
  ok(complaints == 0, "and nothing was complained of %s", when);
}

/// LMDB has a place for 1024 readers.
static void
check_many_streams(void)
{
  enum { most = 2000 };
  static librdf_stream *streams[most];
  rdf at;
  bool are_right = true;
  open_filled(&at, "many");
  for (int i = 0; i < most; i++) {
    streams[i] = stream_of(&at);
    are_right = are_right && !librdf_stream_end(streams[i]);
  }
  for (int i = 0; i < most; i++) {
    librdf_stream_next(streams[i]);
    are_right = are_right && librdf_stream_get_object(streams[i]) != NULL;
    librdf_free_stream(streams[i]);
  }
  ok(are_right, "%d streams are read at once", most);
  close_rdf(&at);
}

// ---- transactions ----------------------------------------------------------

static void
check_transactions(void)
{
  rdf at;
  int handle;
  open_filled(&at, "transactions");
  librdf_model *model = at.model;
  ok(librdf_model_transaction_commit(model) != 0 &&
         librdf_model_transaction_rollback(model) != 0,
     "what was not started does not end");

  ok(librdf_model_transaction_start(model) == 0, "a transaction starts");
  ok(librdf_model_transaction_start(model) != 0, "not twice");
  add_many(&at, many);
  take_out(&at, "http://e/s0", "http://e/p", "\"a text with number 0\"", NULL);
  ok(size_of(&at) == 2 * many - 1, "its changes are seen");
  librdf_stream *stream = stream_of(&at);
  librdf_iterator *contexts = librdf_model_get_contexts(model);
  ok(librdf_model_transaction_rollback(model) == 0, "it is rolled back");
  ok(size_of(&at) == many && gives_many(stream_of(&at)),
     "and nothing was added or removed");
  // New terms take the places of those that went.
  for (int i = 0; i < many; i++) {
    char subject[64];
    snprintf(subject, sizeof subject, "http://e/n%d", i);
    add(&at, subject, "http://e/q", "\"another text\"", "http://e/n");
  }
  lines read = read_some(stream, true, SIZE_MAX);
  bool is_right = read.count == 2 * many - 1;
  for (size_t i = 0; i < read.count; i++) {
    is_right = is_right && strstr(read.items[i], "another") == NULL;
  }
  ok(is_right, "a stream of what is gone gives it still");
  free_lines(&read);
  librdf_free_stream(stream);
  read = read_iterator(contexts);
  ok(read.count == 1 && strcmp(read.items[0], "<http://e/g> ") == 0,
     "so does an iterator");
  free_lines(&read);
  ok(size_of(&at) == 2 * many, "what came afterwards is there");

  ok(librdf_model_transaction_start_with_handle(model, &handle) == 0 &&
         librdf_model_transaction_get_handle(model) == &handle,
     "a transaction has a handle");
  ok(librdf_model_sync(model) == 0, "a sync in it changes nothing");
  add_many(&at, many);
  ok(librdf_model_transaction_commit(model) == 0 && size_of(&at) == 3 * many,
     "it is committed");
  ok(librdf_model_transaction_get_handle(model) == NULL,
     "then there is no handle");

  librdf_model_transaction_start(model);
  add_many(&at, 2 * many);
  close_rdf(&at);
  open_store(&at, "transactions", NULL);
  ok(size_of(&at) == 3 * many, "what is not committed at the close is gone");
  close_rdf(&at);
  ok(complaints == 0, "and nothing was complained of");
}

// ---- several at once -------------------------------------------------------

static void
check_two_storages(void)
{
  rdf a;
  rdf b;
  open_filled(&a, "shared");
  open_store(&b, "shared", NULL);
  ok(size_of(&b) == many, "two storages have one store");
  add_many(&a, many);
  librdf_stream *stream = stream_of(&b);
  ok(size_of(&a) == 2 * many && size_of(&b) == many,
     "changes are not seen before a sync");
  ok(add_many(&b, 0) == many && complains_of("in use"),
     "and one writes at a time");
  librdf_model_sync(a.model);
  ok(size_of(&b) == many, "a sync of the other");
  librdf_model_sync(b.model);
  ok(size_of(&b) == 2 * many, "and one of its own show them");
  ok(gives_many(stream), "a stream gives what was there when it began");
  ok(add_numbered(&b, 2 * many, NULL) == 0 && librdf_model_sync(b.model) == 0,
     "now the second writes");
  librdf_model_sync(a.model);
  ok(size_of(&a) == 2 * many + 1, "and the first reads");

  librdf_storage *cloned = librdf_new_storage_from_storage(a.storage);
  librdf_model *model = librdf_new_model(world, cloned, NULL);
  ok(model != NULL && librdf_model_size(model) == 2 * many + 1,
     "a clone has the same store");
  librdf_free_model(model);
  librdf_free_storage(cloned);

  model = librdf_new_model(world, a.storage, NULL);
  librdf_free_model(model);
  ok(add_numbered(&a, 2 * many + 1, NULL) == 0 && size_of(&a) == 2 * many + 2,
     "a storage serves a model when another of it is gone");
  close_rdf(&a);
  close_rdf(&b);
}

/// In a child: a store that the parent writes to.
static int
read_as_child(void)
{
  rdf at;
  if (!open_store(&at, "processes", NULL) || size_of(&at) != many) {
    return 1;
  }
  if (add_numbered(&at, 0, NULL) == 0 || !complains_of("in use")) {
    return 2;
  }
  librdf_stream *stream = stream_of(&at);
  bool is_whole = gives_many(stream);
  close_rdf(&at);
  return is_whole ? 0 : 3;
}

static void
check_processes(void)
{
  rdf at;
  int status = -1;
  open_filled(&at, "processes");
  add_many(&at, many);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    _exit(read_as_child());
  }
  waitpid(child, &status, 0);
  ok(status == 0, "another process reads while this one writes (%d)", status);
  ok(librdf_model_sync(at.model) == 0 && size_of(&at) == 2 * many,
     "and did not disturb it");
  close_rdf(&at);
}

// ---- options and features --------------------------------------------------

static void
check_options(void)
{
  rdf at;
  open_filled(&at, "options");
  close_rdf(&at);
  complaints = 0;

  open_store(&at, "options", "write='no'");
  librdf_node *context = new_node("http://e/g");
  ok(size_of(&at) == many, "a store is read with write='no'");
  ok(add_many(&at, many) == many && complains_of("write='no'") &&
         take_out(&at, "http://e/s0", "http://e/p", "\"a\"", NULL) != 0 &&
         librdf_model_context_remove_statements(at.model, context) != 0 &&
         librdf_model_transaction_start(at.model) != 0,
     "and not changed");
  ok(size_of(&at) == many && librdf_model_sync(at.model) == 0,
     "and stays as it was");
  librdf_free_node(context);
  close_rdf(&at);
  ok(!open_store(&at, "not-there", "write='no'") &&
         complains_of("there is no store 'not-there'") &&
         access("not-there", F_OK) != 0,
     "one that is not there is not made with write='no'");
  close_rdf(&at);

  open_store(&at, "options", "new='yes'");
  ok(size_of(&at) == 0 && gives_many(stream_of(&at)) == false,
     "new='yes' empties a store");
  rdf before;
  open_store(&before, "options", "write='no'");
  ok(size_of(&before) == many, "but not for others, before a sync");
  close_rdf(&before);
  add_numbered(&at, 0, NULL);
  // A second model of the storage does not empty it again.
  librdf_free_model(at.model);
  at.model = librdf_new_model(world, at.storage, NULL);
  ok(size_of(&at) == 1, "and once only");
  close_rdf(&at);

  open_store(&at, "options", "wait='yes',no-such-option='1'");
  ok(size_of(&at) == 1, "options that are not ours do no harm");
  close_rdf(&at);
  complaints = 0;
}

static void
check_features(void)
{
  static const struct {
    const char *name;
    const char *value;
  } cases[] = {{LIBRDF_MODEL_FEATURE_CONTEXTS, "1"},
               {"http://e/no-such-feature", NULL}};
  rdf at;
  open_store(&at, "features", NULL);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    librdf_uri *uri =
        librdf_new_uri(world, (const unsigned char *)cases[i].name);
    librdf_node *node = librdf_model_get_feature(at.model, uri);
    const char *value =
        node == NULL ? NULL : (const char *)librdf_node_get_literal_value(node);
    ok(value == cases[i].value || (value != NULL && cases[i].value != NULL &&
                                   strcmp(value, cases[i].value) == 0),
       "the feature %s", cases[i].name);
    if (node != NULL) {
      librdf_free_node(node);
    }
    librdf_free_uri(uri);
  }
  ok(librdf_model_supports_contexts(at.model), "contexts are supported");
  close_rdf(&at);
}

// ---- what is wrong ---------------------------------------------------------

static void
write_file(const char *path, const char *text)
{
  FILE *file = fopen(path, "w");
  fputs(text, file);
  fclose(file);
}

static void
check_opening_errors(void)
{
  mkdir("other", 0777);
  write_file("other/file", "text");
  write_file("plain", "text");
  mkdir("damaged", 0777);
  write_file("damaged/battlegraph.store", "something else\n");
  static const struct {
    const char *path;
    const char *complaint;
  } cases[] = {
      {"other", "is no store"},
      {"plain", "is a file"},
      {"damaged", "of another format"},
      {"no/such/folder", "cannot make store"},
      {"", ""},
      {NULL, "a store has a name"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    rdf at;
    const char *path = cases[i].path == NULL ? "(none)" : cases[i].path;
    for (int j = 0; j < 2; j++) {
      const char *options = j == 0 ? NULL : "new='yes'";
      ok(!open_store(&at, cases[i].path, options) &&
             complains_of(cases[i].complaint),
         "'%s' is refused%s", path, j == 0 ? "" : " with new='yes'");
      close_rdf(&at);
    }
  }
  struct stat about;
  ok(stat("other/file", &about) == 0 && about.st_size == 4,
     "and nothing was touched");

  rdf writer;
  rdf second;
  open_filled(&writer, "taken");
  add_numbered(&writer, many, NULL);
  ok(!open_store(&second, "taken", "new='yes'") && complains_of("in use"),
     "a store in use is not emptied");
  close_rdf(&second);
  close_rdf(&writer);
}

static void
check_statements_that_are_none(void)
{
  static const struct {
    const char *what;
    const char *subject, *predicate, *object, *context;
    const char *complaint; // NULL where librdf does not ask us
  } cases[] = {
      {"a literal as a subject", "\"s\"", "e:p", "e:o", "e:g", NULL},
      {"a literal as a predicate", "e:s", "\"p\"", "e:o", "e:g", NULL},
      {"a blank node as a predicate", "e:s", "_:p", "e:o", "e:g", NULL},
      {"a literal as a context", "e:s", "e:p", "e:o", "\"g\"", "this context"},
      {"no subject", NULL, "e:p", "e:o", "e:g", NULL},
      {"no predicate", "e:s", NULL, "e:o", "e:g", NULL},
      {"no object", "e:s", "e:p", NULL, "e:g", NULL},
      {"bytes that are no text", "e:s", "e:p", "\"\xff\"", "e:g",
       "the object of a statement is not UTF-8"},
  };
  rdf at;
  open_store(&at, "illegal", NULL);
  complaints = 0;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    ok(add(&at, cases[i].subject, cases[i].predicate, cases[i].object,
           cases[i].context) != 0 &&
           (cases[i].complaint == NULL || complains_of(cases[i].complaint)),
       "does not add a statement with %s", cases[i].what);
  }
  ok(size_of(&at) == 0, "so there is none");
  ok(add(&at, "e:s", "e:p", "e:o", "e:g") == 0 &&
         librdf_model_sync(at.model) == 0 && size_of(&at) == 1,
     "and then adds one that is");
  close_rdf(&at);
}

/// A disk that is full, in the form of a file that may not grow.
static void
check_full_disk(void)
{
  enum { large = 60000 };
  struct rlimit before;
  struct stat about;
  rdf at;
  char *text = malloc(large + 3);
  text[0] = '"';
  memset(text + 1, 'x', large);
  memcpy(text + 1 + large, "\"", 2);
  open_filled(&at, "full");
  stat("full/data.mdb", &about);
  getrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, SIG_IGN);
  fflush(stdout);
  struct rlimit tight = {(rlim_t)about.st_size, before.rlim_max};

  librdf_model_transaction_start(at.model);
  for (int i = 0; i < 20; i++) {
    text[1] = (char)('a' + i);
    add(&at, "e:s", "e:p", text, NULL);
  }
  complaints = 0;
  setrlimit(RLIMIT_FSIZE, &tight);
  int failed = librdf_model_transaction_commit(at.model);
  setrlimit(RLIMIT_FSIZE, &before);
  ok(failed != 0 && complains_of("full"), "a full disk fails a commit");
  ok(size_of(&at) == many && gives_many(stream_of(&at)),
     "and the store is as it was");
  ok(add_numbered(&at, many, NULL) == 0 && librdf_model_sync(at.model) == 0 &&
         size_of(&at) == many + 1,
     "with room, it goes on");
  close_rdf(&at);
  free(text);
}

int
main(void)
{
  char scratch[1024];
  enter_scratch(scratch, sizeof scratch);
  start_world();
  check_streams(ALREADY_SYNCED);
  check_streams(UNDER_WAY);
  check_many_streams();
  check_transactions();
  check_two_storages();
  check_processes();
  check_options();
  check_features();
  check_opening_errors();
  check_statements_that_are_none();
  check_full_disk();
  librdf_free_world(world);
  leave_scratch(scratch);
  return done_testing();
}
