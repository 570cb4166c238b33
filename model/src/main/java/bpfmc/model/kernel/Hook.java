package bpfmc.model.kernel;

import java.util.Optional;

/**
 * Where in the kernel a tracing program is attached, whatever its type. Objects often hold a program for each type that can be attached there;
 * their loaders choose one that the running kernel knows.
 *
 * @param moment when the program runs
 * @param name of the function or of the tracepoint
 */
public record Hook(Moment moment, String name) {
    /** When a program runs that is attached to a function or to a tracepoint. */
    public enum Moment { ENTRY, RETURN, TRACEPOINT }

    /** {@return the hook that a section names; empty for sections that name no function of the kernel and no tracepoint} */
    public static Optional<Hook> of(Section section) {
        String target = section.target();
        if (target.isEmpty()) {
            return Optional.empty();
        }
        return switch (section.prefix()) {
            case "kprobe", "fentry", "fentry.s" -> Optional.of(new Hook(Moment.ENTRY, target));
            case "kretprobe", "fexit", "fexit.s" -> Optional.of(new Hook(Moment.RETURN, target));
            case "tp_btf", "raw_tp", "raw_tp.w", "raw_tracepoint", "raw_tracepoint.w" -> Optional.of(new Hook(Moment.TRACEPOINT, target));
            case "tp", "tracepoint" -> Optional.of(new Hook(Moment.TRACEPOINT, target.substring(target.indexOf('/') + 1)));
            default -> Optional.empty();
        };
    }
}
