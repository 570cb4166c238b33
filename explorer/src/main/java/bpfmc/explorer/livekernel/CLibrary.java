package bpfmc.explorer.livekernel;

import com.sun.jna.Library;
import com.sun.jna.Pointer;

/** The functions of the C library that are used. */
interface CLibrary extends Library {
    /** {@return how many bytes the text has} @param arguments a va_list, as a callback was handed it */
    int vsnprintf(Pointer buffer, long size, Pointer format, Pointer arguments);

    int close(int descriptor);

    /** {@return 0, or negative} @param thread 0 for the one that calls @param cpus a bit a CPU */
    int sched_setaffinity(int thread, long bytes, Pointer cpus);

    /** {@return how many bytes, or negative} @param thread 0 for the one that calls @param cpus gets a bit a CPU */
    int sched_getaffinity(int thread, long bytes, Pointer cpus);
}
