/// Threads that do the jobs given to them, in the order given.

#ifndef BG_BASE_POOL_H
#define BG_BASE_POOL_H

#include <stdbool.h>

typedef struct bg_pool bg_pool;

/// A piece of work, the first field of whatever it works on. Its owner may
/// touch that again once the job is done.
typedef struct bg_job bg_job;
struct bg_job {
  void (*run)(bg_job *job);
  // Of the pool's own:
  bg_job *next;
  bool is_done;
};

/// With fewer than two threads there are none: bg_pool_submit does the job.
/// The threads take no signals; a pipe that nobody reads is an error of write.
bg_pool *bg_pool_new(unsigned threads);

/// All jobs must have been waited for. NULL is allowed.
void bg_pool_free(bg_pool *pool);

/// One thread submits and waits. A NULL pool is one without threads.
void bg_pool_submit(bg_pool *pool, bg_job *job);

/// Returns when the job is done; does it where no thread has begun it. A job
/// that was waited for once may be waited for again.
void bg_pool_wait(bg_pool *pool, bg_job *job);

unsigned bg_pool_threads(const bg_pool *pool);

#endif
