package bpfmc.explorer.livekernel;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of the C library that are used. */
interface CLibrary extends Library {
    /** {@return how many bytes the text has} @param arguments a va_list, as a callback was handed it */
    int vsnprintf(Pointer buffer, long size, Pointer format, Pointer arguments);

    int close(int descriptor);
}
