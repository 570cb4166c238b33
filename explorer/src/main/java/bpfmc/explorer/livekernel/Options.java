package bpfmc.explorer.livekernel;

import com.sun.jna.Memory;

/**
 * The options that libbpf's functions take: a struct that begins with its own size. Offsets and sizes are those of libbpf 1.1 on 64-bit
 * machines; later versions take the shorter structs as well.
 */
final class Options {
    private static final int OPEN = 80;
    private static final int LOAD = 104;
    private static final int RUN = 80;
    /** Where the program's result stands in the options of a run. */
    static final int RETURNED = 56;
    /** A first slot, and the id of a function's type (struct bpf_func_info). */
    static final int FUNCTION_BYTES = 8;

    private Options() {}

    private static Memory sized(int bytes) {
        Memory options = new Memory(bytes);
        options.clear();
        options.setLong(0, bytes);
        return options;
    }

    /** {@return options of bpf_object__open_file} @param log where the kernel writes why it does not take the object's BTF */
    static Memory open(Memory log) {
        Memory options = sized(OPEN);
        options.setPointer(56, log);
        options.setLong(64, log.size());
        options.setInt(72, 0);
        return options;
    }

    /**
     * {@return options of bpf_prog_load}
     *
     * @param types descriptor of the types that the functions are from @param functions first slots and types; empty for none
     * @param log where the verifier writes
     */
    static Memory load(int types, Memory functions, int count, Memory log) {
        Memory options = sized(LOAD);
        options.setInt(16, types);
        options.setPointer(56, functions);
        options.setInt(64, count);
        options.setInt(68, count == 0 ? 0 : FUNCTION_BYTES);
        options.setInt(88, Said.LEVEL);
        options.setInt(92, (int) log.size());
        options.setPointer(96, log);
        return options;
    }

    /** {@return options of bpf_prog_test_run_opts for one run over a packet} @param packet its bytes */
    static Memory run(Memory packet) {
        Memory options = sized(RUN);
        options.setPointer(8, packet);
        again(options, packet);
        return options;
    }

    /** Makes options that were used ready for another run. */
    static void again(Memory options, Memory packet) {
        again(options, packet, 1);
    }

    /** Makes options that were used ready for so many runs, one after the other, in one call. */
    static void again(Memory options, Memory packet, int times) {
        options.setInt(24, (int) packet.size());
        options.setInt(28, 0);
        options.setInt(RETURNED, 0);
        options.setInt(60, times);
    }
}
