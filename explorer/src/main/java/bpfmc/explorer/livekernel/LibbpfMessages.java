package bpfmc.explorer.livekernel;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/** What libbpf says, as it would print it. The library keeps the address of this object: it has to live as long as the library may speak. */
final class LibbpfMessages implements Libbpf.Print {
    private static final int WARNING = 0;
    private static final int LONGEST = 1 << 16;

    private final CLibrary c;
    private final Memory line = new Memory(LONGEST);
    private final StringBuilder text = new StringBuilder();

    LibbpfMessages(CLibrary c) {
        this.c = c;
    }

    @Override
    public synchronized int print(int level, Pointer format, Pointer arguments) {
        if (level == WARNING) {
            c.vsnprintf(line, LONGEST, format, arguments);
            text.append(line.getString(0));
        }
        return 0;
    }

    /** {@return what was said since it was asked last} */
    synchronized String taken() {
        String said = text.toString();
        text.setLength(0);
        return said;
    }
}
