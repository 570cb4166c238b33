package bpfmc.explorer.livekernel;

import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What was said while a program was loaded, read for why it ended so.
 *
 * @param status what libbpf's load returned: 0, or a negative error number @param verifier the program's log, of level {@link #LEVEL}
 * @param types the log of the object's BTF @param library libbpf's warnings
 */
record Said(int status, String verifier, String types, String library) {
    /** Figures, and what is wrong; neither instructions nor states (BPF_LOG_STATS). */
    static final int LEVEL = 4;

    private static final Pattern FIGURES = Pattern.compile("(processed \\d+ insns|verification time |stack depth |max_states_per_insn|insns processed ).*");
    private static final Pattern SOURCE = Pattern.compile("\\d+: .*|; .*|from \\d+ to \\d+.*|func#\\d+ @\\d+.*");
    /** The programs are loaded before the tables of programs are filled; those that were left out are missed only then. */
    private static final String FILLS_TABLE = "failed to initialize slot";
    private static final String MAKES_MAP = "failed to create";
    private static final String TYPES = "BTF is optional, ignoring";
    private static final String MAP_TYPES = "Retrying without BTF";
    private static final ImmutableList<String> SAYING_NOTHING = Lists.immutable.with("failed to load object", "BPF program load failed", "-- BEGIN", "-- END",
            "permission error while running as root", TYPES, MAP_TYPES);

    /** {@return the verdict} */
    KernelVerdict of(String program) {
        ImmutableList<String> refused = untyped();
        if (status == 0 || library.contains(FILLS_TABLE)) {
            return new KernelVerdict(program, Stage.ACCEPTED, "", refused);
        }
        String words = words(verifier);
        if (!words.isEmpty()) {
            return new KernelVerdict(program, Stage.PROGRAM, words, refused);
        }
        ImmutableList<String> lines = lines(library);
        Optional<String> map = lines.detectOptional(l -> l.contains(MAKES_MAP));
        if (map.isPresent()) {
            return new KernelVerdict(program, Stage.MAP, map.get(), refused);
        }
        String last = lines.isEmpty() ? "error " + -status : lines.getFirst();
        return new KernelVerdict(program, last.contains("failed to load") ? Stage.PROGRAM : Stage.LIBRARY, last, refused);
    }

    /** {@return what the verifier says is wrong: its lines that are neither figures nor code} */
    static String words(String log) {
        return lines(log).reject(l -> FIGURES.matcher(l).matches() || SOURCE.matcher(l).matches()).makeString("\n");
    }

    /** libbpf goes on without the types of an object, or of a map, that the kernel does not take. */
    private ImmutableList<String> untyped() {
        ImmutableList<String> log = lines(types);
        return Lists.immutable.with(library.split("\n")).collect(Said::plain).select(l -> l.contains(TYPES) || l.contains(MAP_TYPES))
                .collect(l -> l.contains(TYPES) && log.notEmpty() ? l + " (" + log.getLast() + ")" : l);
    }

    private static ImmutableList<String> lines(String text) {
        return Lists.immutable.with(text.split("\n")).collect(Said::plain).reject(String::isEmpty).reject(l -> SAYING_NOTHING.anySatisfy(l::contains));
    }

    private static String plain(String line) {
        return line.strip().replaceFirst("^libbpf: ", "");
    }
}
