/// Bytes to a file or to standard output, compressed where the file's name says
/// so: ".gz". What is compressed is written in members (RFC 1952, 2.2): each
/// ends whole, so that a file cut behind one is good.

#ifndef BG_BASE_STREAM_H
#define BG_BASE_STREAM_H

#include "base/buffer.h"
#include "base/error.h"

typedef struct bg_stream bg_stream;

/// `path` NULL or "-" is standard output. With `size` the file is cut to so
/// many bytes, and what is written goes behind them; BG_REFUSED where it has
/// fewer. Else it is emptied.
bg_status bg_stream_open(const char *path, const uint64_t *size,
                         bg_stream **stream, bg_error *err);

/// Over a descriptor that stays the caller's to close, never compressed. `name`
/// is for messages.
bg_stream *bg_stream_attach(int descriptor, const char *name);

/// Keeps what has failed for bg_stream_flush and bg_stream_close.
void bg_stream_write(bg_stream *stream, bg_view bytes);

/// Turns bytes into what would be written for them, a member of its own. Pure:
/// any thread may call it.
void bg_stream_seal(const bg_stream *stream, bg_buffer *bytes);

/// Writes what bg_stream_seal made.
void bg_stream_write_sealed(bg_stream *stream, bg_view bytes);

/// Hands all to the system. BG_FAILED where anything so far was lost.
bg_status bg_stream_flush(bg_stream *stream, bg_error *err);

/// The same, and what is a file is on the disk then: so many bytes of it.
bg_status bg_stream_sync(bg_stream *stream, uint64_t *size, bg_error *err);

bool bg_stream_has_failed(const bg_stream *stream);

/// Flushes, closes, frees. NULL is allowed.
bg_status bg_stream_close(bg_stream *stream, bg_error *err);

#endif
