package bpfmc.explorer.livekernel;

import bpfmc.model.InputException;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.program.BpfProgram;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;

/**
 * The kernel that runs, through the system's libbpf. Programs are loaded and let go; none is attached, nothing is pinned, and no setting
 * is changed. libbpf speaks to one listener a process: there is to be one of these at a time.
 */
public final class LiveKernel implements AutoCloseable {
    /** BPF_NETFILTER, of enum bpf_attach_type. */
    private static final int NETFILTER_ATTACH = 45;
    private static final int FUNCTION_KIND = 12;
    private static final int LOG_BYTES = 1 << 22;
    private static final String PROBE = "bpfmc_probe";
    /** {@code r0 = 0; exit}. */
    private static final long[] NOTHING = {0xb7L, 0x95L};

    private final Libbpf libbpf;
    private final CLibrary c;
    private final LibbpfMessages messages;
    private final KernelRelease release;
    private final Memory verifierLog = new Memory(LOG_BYTES);
    private final Memory typesLog = new Memory(LOG_BYTES);

    private LiveKernel(Libbpf libbpf, CLibrary c, KernelRelease release) {
        this.libbpf = libbpf;
        this.c = c;
        this.release = release;
        this.messages = new LibbpfMessages(c);
        libbpf.libbpf_set_print(messages);
    }

    /** {@return the running kernel} @throws InputException in one sentence, when BPF cannot be loaded here */
    public static LiveKernel open() {
        KernelRelease release = KernelRelease.running();
        Libbpf libbpf = library();
        return of(libbpf, Native.load("c", CLibrary.class), release);
    }

    /** {@return the kernel behind these libraries} @throws InputException when it does not let this process load programs */
    static LiveKernel of(Libbpf libbpf, CLibrary c, KernelRelease release) {
        var kernel = new LiveKernel(libbpf, c, release);
        try {
            kernel.requirePermission();
            return kernel;
        } catch (InputException e) {
            kernel.close();
            throw e;
        }
    }

    private static Libbpf library() {
        try {
            return Native.load(Libbpf.NAME, Libbpf.class);
        } catch (LinkageError e) {
            throw new InputException("the running kernel cannot be asked: " + Libbpf.NAME + " cannot be loaded (on Debian it is in the package libbpf1): "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Loads a program that does nothing. */
    private void requirePermission() {
        try (Memory code = new Memory(8L * NOTHING.length)) {
            code.write(0, NOTHING, 0, NOTHING.length);
            int descriptor = libbpf.bpf_prog_load(ProgramType.SCHED_CLS.ordinal(), PROBE, "GPL", code, NOTHING.length, null);
            if (descriptor < 0) {
                throw new InputException("the running kernel cannot be asked: this process may not load BPF programs (" + error(descriptor) + "); it takes root or CAP_BPF and CAP_NET_ADMIN"
                        + (inContainer() ? ", which a container such as this one does not have by default" : ""));
            }
            c.close(descriptor);
        }
    }

    static String error(int negative) {
        return Errno.ofResult(negative).map(Errno::name).orElse("error " + -negative);
    }

    private static boolean inContainer() {
        return Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv")) || System.getenv("container") != null;
    }

    /** {@return which kernel it is} */
    public KernelRelease release() {
        return release;
    }

    /** {@return what the kernel says of each program, loaded without the others} @param path of the object */
    public ImmutableList<KernelVerdict> load(Path path, ImmutableList<BpfProgram> programs) {
        return programs.collect(program -> load(path, program));
    }

    private KernelVerdict load(Path path, BpfProgram program) {
        typesLog.setByte(0, (byte) 0);
        verifierLog.setByte(0, (byte) 0);
        messages.taken();
        try (Memory options = Options.open(typesLog)) {
            Pointer object = libbpf.bpf_object__open_file(path.toString(), options);
            if (object == null) {
                return new Said(-Native.getLastError(), "", "", messages.taken()).of(program.name());
            }
            try {
                return load(object, program);
            } finally {
                libbpf.bpf_object__close(object);
            }
        }
    }

    private KernelVerdict load(Pointer object, BpfProgram program) {
        for (Pointer p = libbpf.bpf_object__next_program(object, null); p != null; p = libbpf.bpf_object__next_program(object, p)) {
            boolean chosen = libbpf.bpf_program__name(p).equals(program.name());
            libbpf.bpf_program__set_autoload(p, chosen);
            if (chosen) {
                prepare(p, program);
            }
        }
        for (Pointer m = libbpf.bpf_object__next_map(object, null); m != null; m = libbpf.bpf_object__next_map(object, m)) {
            libbpf.bpf_map__set_pin_path(m, null);
        }
        int status = libbpf.bpf_object__load(object);
        return new Said(status, text(verifierLog), text(typesLog), messages.taken()).of(program.name());
    }

    /** {@return the maps and types of an object, made in the kernel} */
    KernelObject maps(Path path) {
        return KernelObject.of(libbpf, path, messages, p -> false);
    }

    /** {@return an object of which these programs are loaded, so that they can be in one table of programs} */
    KernelObject programs(Path path, ImmutableList<BpfProgram> programs) {
        return KernelObject.of(libbpf, path, messages, p -> {
            BpfProgram model = programs.detect(program -> program.name().equals(libbpf.bpf_program__name(p)));
            if (model != null) {
                libbpf.bpf_program__set_type(p, model.section().type().ordinal());
                libbpf.bpf_program__set_expected_attach_type(p, 0);
            }
            return model != null;
        });
    }

    Libbpf libbpf() {
        return libbpf;
    }

    CLibrary c() {
        return c;
    }

    /** {@return the ids of types of the kernel's own functions, by their names} @throws InputException when it has none of that name */
    ImmutableMap<String, Integer> functions(ImmutableList<String> names) {
        Pointer types = libbpf.btf__load_vmlinux_btf();
        if (types == null) {
            throw new InputException("the running kernel tells no types (it is built without CONFIG_DEBUG_INFO_BTF)");
        }
        try {
            return names.toImmutableMap(name -> name, name -> {
                int id = libbpf.btf__find_by_name_kind(types, name, FUNCTION_KIND);
                if (id < 0) {
                    throw new InputException("the running kernel has no function " + name);
                }
                return id;
            });
        } finally {
            libbpf.btf__free(types);
        }
    }

    /**
     * {@return what the kernel says of a program that is put together here}
     *
     * @param linker knows the kernel's numbers @param types descriptor of the types of its functions @param functions ids of these, in the program's order
     */
    KernelVerdict load(BpfProgram program, KernelLinker linker, int types, ImmutableList<Integer> functions) {
        verifierLog.setByte(0, (byte) 0);
        byte[] bytes = linker.bytes(program);
        try (Memory code = new Memory(bytes.length); Memory infos = new Memory((long) Options.FUNCTION_BYTES * functions.size());
                Memory options = Options.load(types, infos, functions.size(), verifierLog)) {
            code.write(0, bytes, 0, bytes.length);
            for (int i = 0; i < functions.size(); i++) {
                infos.setInt((long) Options.FUNCTION_BYTES * i, program.functions().get(i).start());
                infos.setInt((long) Options.FUNCTION_BYTES * i + 4, functions.get(i));
            }
            int descriptor = libbpf.bpf_prog_load(program.section().type().ordinal(), PROBE, "GPL", code, bytes.length / 8, options);
            if (descriptor >= 0) {
                c.close(descriptor);
            }
            return new Said(Math.min(descriptor, 0), text(verifierLog), "", "").of(program.name());
        }
    }

    /** {@return the descriptor of a program that is put together here, and needs no types} */
    int descriptor(BpfProgram program, KernelLinker linker) {
        byte[] bytes = linker.bytes(program);
        verifierLog.setByte(0, (byte) 0);
        try (Memory code = new Memory(bytes.length); Memory options = Options.load(0, null, 0, verifierLog)) {
            code.write(0, bytes, 0, bytes.length);
            int descriptor = libbpf.bpf_prog_load(program.section().type().ordinal(), PROBE, "GPL", code, bytes.length / 8, options);
            if (descriptor < 0) {
                throw new InputException("the running kernel refuses the driver " + program.name() + ": " + error(descriptor) + " " + Said.words(text(verifierLog)));
            }
            return descriptor;
        }
    }

    /** Older versions of libbpf do not know all sections. */
    private void prepare(Pointer program, BpfProgram model) {
        if (libbpf.bpf_program__type(program) == ProgramType.UNSPEC.ordinal() && model.section().type() != ProgramType.UNSPEC) {
            libbpf.bpf_program__set_type(program, model.section().type().ordinal());
            if (model.section().type() == ProgramType.NETFILTER) {
                libbpf.bpf_program__set_expected_attach_type(program, NETFILTER_ATTACH);
            }
        }
        libbpf.bpf_program__set_log_buf(program, verifierLog, verifierLog.size());
        libbpf.bpf_program__set_log_level(program, Said.LEVEL);
    }

    private static String text(Memory log) {
        return log.getString(0, StandardCharsets.UTF_8.name());
    }

    @Override
    public void close() {
        libbpf.libbpf_set_print(null);
        verifierLog.close();
        typesLog.close();
    }
}
