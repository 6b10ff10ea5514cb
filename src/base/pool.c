#include "base/pool.h"

#include "base/arena.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { most_threads = 256 };

struct bg_pool {
  pthread_mutex_t lock; // of all that follows
  pthread_cond_t has_work;
  pthread_cond_t has_result;
  bg_job *first;
  bg_job **last; // where the next one is put
  bool is_closing;
  unsigned thread_count;
  pthread_t threads[most_threads];
};

/// The next job, or NULL when the pool closes.
static bg_job *
take_job(bg_pool *pool)
{
  pthread_mutex_lock(&pool->lock);
  while (pool->first == NULL && !pool->is_closing) {
    pthread_cond_wait(&pool->has_work, &pool->lock);
  }
  bg_job *job = pool->first;
  if (job != NULL) {
    pool->first = job->next;
    if (pool->first == NULL) {
      pool->last = &pool->first;
    }
  }
  pthread_mutex_unlock(&pool->lock);
  return job;
}

static void *
run_thread(void *context)
{
  bg_pool *pool = context;
  bg_job *job;
  while ((job = take_job(pool)) != NULL) {
    job->run(job);
    pthread_mutex_lock(&pool->lock);
    job->is_done = true;
    pthread_cond_broadcast(&pool->has_result);
    pthread_mutex_unlock(&pool->lock);
  }
  return NULL;
}

bg_pool *
bg_pool_new(unsigned threads)
{
  bg_pool *pool = bg_heap_allocate(sizeof *pool);
  *pool = (bg_pool){.last = &pool->first};
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->has_work, NULL);
  pthread_cond_init(&pool->has_result, NULL);

  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  unsigned wanted = threads < 2 ? 0 : threads;
  wanted = wanted > most_threads ? most_threads : wanted;
  // Where the system gives fewer threads, fewer do the work.
  while (pool->thread_count < wanted &&
         pthread_create(&pool->threads[pool->thread_count], NULL, run_thread,
                        pool) == 0) {
    pool->thread_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return pool;
}

void
bg_pool_free(bg_pool *pool)
{
  if (pool == NULL) {
    return;
  }
  pthread_mutex_lock(&pool->lock);
  pool->is_closing = true;
  pthread_cond_broadcast(&pool->has_work);
  pthread_mutex_unlock(&pool->lock);
  for (unsigned i = 0; i < pool->thread_count; i++) {
    pthread_join(pool->threads[i], NULL);
  }
  pthread_cond_destroy(&pool->has_result);
  pthread_cond_destroy(&pool->has_work);
  pthread_mutex_destroy(&pool->lock);
  free(pool);
}

unsigned
bg_pool_threads(const bg_pool *pool)
{
  return pool == NULL ? 0 : pool->thread_count;
}

void
bg_pool_submit(bg_pool *pool, bg_job *job)
{
  job->next = NULL;
  job->is_done = false;
  if (bg_pool_threads(pool) == 0) {
    job->run(job);
    job->is_done = true;
    return;
  }
  pthread_mutex_lock(&pool->lock);
  *pool->last = job;
  pool->last = &job->next;
  pthread_cond_signal(&pool->has_work);
  pthread_mutex_unlock(&pool->lock);
}

/// Takes a job that no thread has begun out of the queue.
static bool
take_back(bg_pool *pool, bg_job *job)
{
  bg_job **at = &pool->first;
  while (*at != NULL && *at != job) {
    at = &(*at)->next;
  }
  if (*at == NULL) {
    return false;
  }
  *at = job->next;
  if (*at == NULL) {
    pool->last = at;
  }
  return true;
}

void
bg_pool_wait(bg_pool *pool, bg_job *job)
{
  if (bg_pool_threads(pool) == 0) {
    return; // it was done when it was submitted
  }
  pthread_mutex_lock(&pool->lock);
  bool is_ours = !job->is_done && take_back(pool, job);
  while (!is_ours && !job->is_done) {
    pthread_cond_wait(&pool->has_result, &pool->lock);
  }
  pthread_mutex_unlock(&pool->lock);
  if (is_ours) {
    job->run(job);
    job->is_done = true;
  }
}
