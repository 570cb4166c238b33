package bpfmc.model.program;

import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.MapType;
import java.util.Arrays;
import java.util.Optional;

/** What runs a callback with an element, later and by itself (kernel/bpf/helpers.c, enum bpf_async_type). */
public enum Async {
    /** Expires in softirq. */
    TIMER("timer:", SpecialKind.TIMER, ExecutionContexts.TIMER, "bpf_timer_cb"),
    /** A work item: a kworker runs it, a task that may sleep; one at a time for an item (kernel/workqueue.c). */
    WORK("wq:", SpecialKind.WORKQUEUE, ExecutionContexts.WORK, "bpf_wq_work");

    private final String prefix;
    private final SpecialKind field;
    private final String section;
    private final String function;

    Async(String prefix, SpecialKind field, String section, String function) {
        this.prefix = prefix;
        this.field = field;
        this.section = section;
        this.function = function;
    }

    /** {@return what the names of the callbacks' programs begin with; no program in C has a colon in its name} */
    public String prefix() {
        return prefix;
    }

    /** {@return the kind of field that values have for it, one at most} */
    public SpecialKind field() {
        return field;
    }

    /** {@return the kernel's function that runs the callback; with "_end" behind, where it has run} */
    public String function() {
        return function;
    }

    public String section() {
        return section;
    }

    public String word() {
        return this == TIMER ? "timer of %s[key] expires" : "work of %s[key] begins";
    }

    /** {@return whether values of the map have one, and their keys are followed} */
    public boolean in(MapDefinition map) {
        boolean keyed = map.type() == MapType.ARRAY || map.type() == MapType.HASH || map.type() == MapType.LRU_HASH;
        return keyed && map.keySize() <= MapDefinition.LARGEST_KEY && map.value().special().count(f -> f.kind() == field) == 1;
    }

    /** {@return what runs this program, empty when it is no callback} */
    public static Optional<Async> of(BpfProgram program) {
        return Arrays.stream(values()).filter(a -> program.name().startsWith(a.prefix)).findFirst();
    }
}
