# BG_COMPILER_FLAGS(VARIABLE, FLAGS): keep those of FLAGS the compiler knows.
AC_DEFUN([BG_COMPILER_FLAGS], [
  bg_saved_CFLAGS=$CFLAGS
  for bg_flag in m4_normalize([$2]); do
    CFLAGS="$bg_saved_CFLAGS -Werror $bg_flag"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM], [$1="$$1 $bg_flag"])
  done
  CFLAGS=$bg_saved_CFLAGS
  AC_SUBST([$1])
])
