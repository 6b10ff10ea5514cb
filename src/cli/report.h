/// What was not understood, counted: the file that --report writes.

#ifndef BG_CLI_REPORT_H
#define BG_CLI_REPORT_H

#include "pipeline/pipeline.h"

#include <stdio.h>

typedef struct bg_report bg_report;

bg_report *bg_report_new(void);
void bg_report_free(bg_report *report);

/// Counts a remark: of its kind and words, and where it stood first. So many
/// different words are kept, then only the kind counts.
void bg_report_add(bg_report *report, const bg_page *page,
                   const bg_remark *remark);

/// Writes tab-separated rows, the most frequent first: count, kind, words, file
/// and byte of the first.
void bg_report_write(const bg_report *report, FILE *out);

#endif
