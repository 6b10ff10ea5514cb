#include "serialize/iri.h"

const bool bg_iri_forbidden[128] = {
    ['<'] = true, ['>'] = true, ['"'] = true, ['{'] = true,  ['}'] = true,
    ['|'] = true, ['^'] = true, ['`'] = true, ['\\'] = true,
};

/// IRIREF ::= '<' ([^#x00-#x20<>"{}|^`\] | UCHAR)* '>'
void
bg_iri_write(bg_view iri, bg_buffer *text)
{
  bg_buffer_append_byte(text, '<');
  size_t plain = 0;
  for (size_t i = 0; i < iri.size; i++) {
    unsigned char byte = (unsigned char)iri.bytes[i];
    if (bg_iri_forbids(byte)) {
      bg_buffer_append(text, bg_view_slice(iri, plain, i));
      bg_buffer_format(text, "\\u%04X", byte);
      plain = i + 1;
    }
  }
  bg_buffer_append(text, bg_view_slice(iri, plain, iri.size));
  bg_buffer_append_byte(text, '>');
}
