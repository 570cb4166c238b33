package bpfmc.model.program;

import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.MapType;

/** What runs a callback with an element, later and by itself (kernel/bpf/helpers.c, enum bpf_async_type). */
public enum Async {
    /** Expires in softirq. */
    TIMER("timer:", SpecialKind.TIMER, ExecutionContexts.TIMER),
    /** A work item: a kworker runs it, a task that may sleep; one at a time for an item (kernel/workqueue.c). */
    WORK("wq:", SpecialKind.WORKQUEUE, ExecutionContexts.WORK);

    private final String prefix;
    private final SpecialKind field;
    private final String section;

    Async(String prefix, SpecialKind field, String section) {
        this.prefix = prefix;
        this.field = field;
        this.section = section;
    }

    /** {@return what the names of the callbacks' programs begin with; no program in C has a colon in its name} */
    public String prefix() {
        return prefix;
    }

    /** {@return the kind of field that values have for it, one at most} */
    public SpecialKind field() {
        return field;
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
}
