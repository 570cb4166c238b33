package bpfmc.explorer.spec;

import bpfmc.explorer.condition.When;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/** The keys of a scenario that stand for options of {@code bpfmc check}. */
final class Keys {
    /** What a key's value is. */
    enum Kind { NUMBER, NUMBER_OR_ANY, DURATION, SIZE, WORD, FLAG, LIST, MAP }

    /** @param key in the file @param option on the command line @param kind of value @param description for the schema */
    record Key(String key, String option, Kind kind, String description) {}

    static final ImmutableList<Key> OPTIONS = Lists.immutable.with(
            new Key("cpus", "--cpus", Kind.NUMBER_OR_ANY, "how many CPUs run programs, or any: each makes any number of runs"),
            new Key("runs", "--runs", Kind.NUMBER, "how many runs each CPU makes, one after the other"),
            new Key("kernel", "--kernel", Kind.WORD, "the version of Linux whose lock rules count"),
            new Key("unprivileged", "--unprivileged", Kind.FLAG, "the loader has no CAP_BPF"),
            new Key("waive", "--waive", Kind.LIST, "lock rules that are not asked"),
            new Key("discipline", "--discipline", Kind.WORD, "what bpf_spin_lock does to interrupts: irqsave, plain or softirqs-off"),
            new Key("lock", "--lock", Kind.WORD, "what bpf_spin_lock is made of: specification, trivial, ticket, queued, resilient or resilient-tas"),
            new Key("lock-timeouts", "--lock-timeouts", Kind.WORD, "whether bpf_res_spin_lock may time out: any or never"),
            new Key("memory-model", "--memory-model", Kind.WORD, "when others see a CPU's stores: sc, at once; tso, as on x86"),
            new Key("interrupts", "--interrupts", Kind.WORD, "where interrupts are tried: auto, each, one or none"),
            new Key("preempt", "--preempt", Kind.FLAG, "tasks preempt tasks"),
            new Key("context", "--context", Kind.MAP, "where programs run, by name: task, softirq, hardirq or nmi"),
            new Key("programs", "--program", Kind.LIST, "only these programs"),
            new Key("all-alternatives", "--all-alternatives", Kind.FLAG, "check programs together that loaders only load one of, too"),
            new Key("maps", "--map", Kind.LIST, "only pairs of programs that share one of these maps"),
            new Key("properties", "--property", Kind.LIST, "properties to judge besides: atomicity"),
            new Key("user", "--user", Kind.LIST, "system calls of user space that take part: 'update MAP lock'"),
            new Key("max-entries", "--max-entries", Kind.MAP, "how many entries the loader gives maps, by name"),
            new Key("fixed-programs", "--fixed-programs", Kind.LIST, "program arrays that user space leaves as the object fills them"),
            new Key("reduction", "--reduction", Kind.WORD, "by which means fewer states are looked at: none, symmetry, elements, stubborn, chains, contents or all"),
            new Key("outcomes", "--outcomes", Kind.FLAG, "list all final contents of the maps too"),
            new Key("max-memory", "--max-memory", Kind.SIZE, "stop when what is kept takes so many MiB, or so much: 4G"),
            new Key("rodata", "--rodata", Kind.LIST, "what the loader makes of constants in .rodata: any, or 'limit=5' for one"),
            new Key("walk", "--walk", Kind.NUMBER, "how many elements of a hash map bpf_for_each_map_elem visits at most"),
            new Key("max-states", "--max-states", Kind.NUMBER, "stop after so many states"),
            new Key("share", "--share", Kind.LIST, "maps that several objects have in common besides those that they pin by name"),
            new Key("timeout", "--timeout", Kind.DURATION, "stop after so many seconds, or so long (2m), of all together"));

    /** Keys that choose among all that an object offers, so that they choose nothing where agents are named; with what does so there. */
    static final ImmutableMap<String, String> WITHOUT_AGENTS = Maps.immutable.of("runs", "each agent says its own 'runs'",
            "programs", "the agents are all that runs", "maps", "the agents are all that runs", "interrupts", "agents interrupt those of lower levels on their CPU")
            .newWithKeyValue("all-alternatives", "the agents are all that runs").newWithKeyValue("user", "a system call is an agent too: '{user: CALL}'");

    /** Under which fields of maps stand with the numbers they hold at first. */
    static final String INITIALLY = "initially";

    /** Under which fields of contexts stand with the ranges that are assumed of them. */
    static final String INPUTS = "inputs";

    /** Under which fields of contexts stand that hold another value for each agent. */
    static final String DIFFER = "differ";

    /** Under which ids of findings stand with the reasons why they are accepted. */
    static final String ACCEPT = "accept";

    /** The keys of a scenario besides. */
    static final ImmutableList<String> OTHERS = Lists.immutable.with("name", "object", "agents", "expect", "states", "why", INITIALLY, INPUTS, DIFFER, ACCEPT).newWithAll(
            Lists.immutable.with(When.values()).collect(When::word));

    /** The keys of a file besides those of its scenarios. */
    static final String SCENARIOS = "scenarios";

    static final ImmutableList<String> OF_AGENT = Lists.immutable.with("program", "user", "cpu", "level", "runs", INPUTS);

    private Keys() {}

    static ImmutableList<String> ofScenario() {
        return OTHERS.newWithAll(OPTIONS.collect(Key::key));
    }
}
