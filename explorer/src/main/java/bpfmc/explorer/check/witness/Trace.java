package bpfmc.explorer.check.witness;

import bpfmc.explorer.condition.KeyNames;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.Counterexample;
import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation.TraceNote;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.MapType;
import bpfmc.model.memory.BufferedStore;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.program.Async;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.Modify;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Tells a path in words and numbers: what each step did, with the unknowns replaced by the values found for them. */
public final class Trace {
    private final BpfSystem system;
    private final Path path;
    private final Finding finding;
    private final Map<Symbol, Long> inputs;
    private final Optional<String> doubt;
    private final TraceNotes situation;
    private final int focus;
    private final StoreSteps stores;

    /** @param inputs that lead down the path @param doubt why there are none: then numbers that depend on them are not told */
    public Trace(BpfSystem system, Path path, Finding finding, Map<Symbol, Long> inputs, Optional<String> doubt) {
        this.doubt = doubt;
        this.system = system;
        this.path = path;
        this.finding = finding;
        this.inputs = inputs;
        this.situation = new TraceNotes(system, path);
        this.stores = new StoreSteps(system, path);
        this.focus = focus();
    }

    /** What is added to the action of a step that others do not see yet. */
    private static final String BUFFERED = " buffered";

    /** The action of a store that others see from now on. */
    public static final String VISIBLE = "becomes visible";

    /** The action of a lock's release that others see from now on. */
    private static final String FREE = "lock is free";

    /** {@return a counterexample of which only its existence is known} */
    public static Counterexample missing(String why) {
        return new Counterexample("", "", Lists.immutable.empty(), Lists.immutable.empty(), Optional.of(why), Lists.immutable.empty());
    }

    public Counterexample counterexample() {
        MutableList<Step> steps = Lists.mutable.empty();
        for (int i = 0; i < path.steps().size(); i++) {
            bpfmc.explorer.space.Step step = path.steps().get(i);
            if (!system.isAgent(step.actor())) {
                steps.addAllIterable(visible(i));
            } else if (!(operation(path.before(i), step.actor()) instanceof VisibleOperation.Start)) {
                Step told = step(i, step);
                steps.addAllIterable(evictions(told, path.before(i), step.state().toArray(), operation(path.before(i), step.actor())));
                steps.add(told);
            }
        }
        placePending(steps);
        String element = focus < 0 ? "" : elementName(focus);
        return new Counterexample(element, content(path.initial().toArray()), steps.toImmutable(), notes(), doubt, InputNames.all(system.scenario(), inputs));
    }

    private ImmutableList<String> notes() {
        ImmutableList<String> waits = finding.about().notes().contains(TraceNote.WAITS) ? situation.waits(this::elementName) : Lists.immutable.empty();
        return situation.interrupts().newWithAll(waits);
    }

    private VisibleOperation operation(int[] state, int agent) {
        return system.run(agent, state[agent]).state().operation();
    }

    // ---- which element the finding is about

    private int focus() {
        if (finding.subject().map() < 0) {
            return -1;
        }
        int[] end = path.last().toArray();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            if (system.begun(end, agent)) {
                int slot = slotAtFault(end, agent);
                if (slot >= 0 && system.slots().mapOf(slot) == finding.subject().map()) {
                    return slot;
                }
            }
        }
        return finding.places().allSatisfy(p -> p.act() == Place.Act.END) ? lastTouched() : -1;
    }

    /** {@return the element of the finding's map that was touched last, for findings about how runs end} */
    private int lastTouched() {
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            if (system.isAgent(path.steps().get(i).actor()) && operation(path.before(i), path.steps().get(i).actor()) instanceof VisibleOperation.Access a
                    && system.slots().mapOf(a.element().slot()) == finding.subject().map()) {
                return a.element().slot();
            }
        }
        return -1;
    }

    private int slotAtFault(int[] state, int agent) {
        Run run = system.run(agent, state[agent]);
        if (finding.places().noneSatisfy(p -> p.program().equals(run.program().name()) && p.slot() == run.state().pc())) {
            return -1;
        }
        return switch (run.state().operation()) {
            case VisibleOperation.Access a -> a.element().slot();
            case VisibleOperation.Acquire a -> a.element().slot();
            case VisibleOperation.Release a -> a.element().slot();
            case VisibleOperation.Update u -> bound(system.snapshot(state), u.map(), u.key(), agent);
            case VisibleOperation.Lookup o -> -1;
            case VisibleOperation.LookupOnCpu o -> -1;
            case VisibleOperation.Walk o -> -1;
            case VisibleOperation.Delete o -> -1;
            case VisibleOperation.LockBucket o -> -1;
            case VisibleOperation.UnlockBucket o -> -1;
            case VisibleOperation.BeginTimer o -> -1;
            case VisibleOperation.EndTimer o -> -1;
            case VisibleOperation.TimerOperation o -> -1;
            case VisibleOperation.ElementOnCpu o -> -1;
            case VisibleOperation.CpuCount o -> -1;
            case VisibleOperation.ReadClock o -> -1;
            case VisibleOperation.UseWrapped o -> -1;
            case VisibleOperation.Fence o -> -1;
            case VisibleOperation.CpuNumber o -> -1;
            case VisibleOperation.Toggle o -> -1;
            case VisibleOperation.Start o -> -1;
            case VisibleOperation.End o -> -1;
            case VisibleOperation.Unsupported o -> -1;
        };
    }

    private static int bound(Snapshot state, int map, Key key, int agent) {
        KeyPartition bindings = state.bindings(map);
        int index = bindings.classOf(new Key(key.words().collect(w -> Element.toShared(w, agent))));
        int element = index < 0 ? KeyPartition.ABSENT : bindings.classes().get(index).element();
        return element == KeyPartition.ABSENT ? -1 : state.own(agent, element);
    }

    /** {@return whether the finding's memory is a lock, of which its owner is told instead of its bytes} */
    private boolean aboutLocks() {
        return finding.about().notes().contains(TraceNote.LOCK_OWNER);
    }

    private String owner(Snapshot state, int slot, int offset) {
        int owner = state.element(slot).owner(offset);
        return owner < 0 ? "free" : "CPU" + system.scenario().agents().get(owner).cpu();
    }

    private String content(int[] state) {
        int size = finding.subject().size();
        if (focus >= 0 && aboutLocks()) {
            return owner(system.snapshot(state), focus, finding.subject().offset());
        }
        if (focus < 0 || size < 1 || size > 8) {
            return "";
        }
        return number(system.snapshot(state).element(focus).read(focus, finding.subject().offset(), size));
    }

    // ---- steps

    private Step step(int index, bpfmc.explorer.space.Step step) {
        int[] before = path.before(index);
        Run run = system.run(step.actor(), before[step.actor()]);
        Answer answer = system.answer(before, step.actor(), step.choice());
        return step(step.actor(), run, answer, before, step.state().toArray(), false);
    }

    /** {@return a store that becomes visible, as a step of the agent that has made it; none where it is the end of a helper's own} */
    private ImmutableList<Step> visible(int index) {
        int[] before = path.before(index);
        int cpu = system.bufferOf(path.steps().get(index).actor());
        int by = stores.by(index);
        int agent = path.steps().get(by).actor();
        Step stored = step(by, path.steps().get(by));
        String old = content(before);
        String now = content(path.steps().get(index).state().toArray());
        return switch (system.buffer(before, cpu).stores().getFirst()) {
            case BufferedStore.Bytes b -> Lists.immutable.with(new Step(agent, cpu, stored.level(), situation.depth(before, agent), stored.program(), stored.slot(), VISIBLE, number(b.value()),
                    elementName(b.slot()), system.slots().mapOf(b.slot()), b.offset(), b.size(), old, now, Lists.immutable.empty(), "", false));
            case BufferedStore.Unlock u -> Lists.immutable.with(new Step(agent, cpu, stored.level(), situation.depth(before, agent), stored.program(), stored.slot(), FREE, elementName(u.slot()),
                    elementName(u.slot()), system.slots().mapOf(u.slot()), u.offset(), 0, old, now, Lists.immutable.empty(), "", false));
            case BufferedStore.Behind b -> Lists.immutable.empty();
        };
    }

    /** {@return what a step takes from keys besides the one that it is asked to delete, as steps of their own, which change no memory} */
    private ImmutableList<Step> evictions(Step because, int[] before, int[] after, VisibleOperation operation) {
        MutableList<Step> evictions = Lists.mutable.empty();
        boolean deletes = operation instanceof VisibleOperation.Delete || operation instanceof VisibleOperation.UnlockBucket;
        for (MapDefinition map : deletes ? Lists.immutable.<MapDefinition>empty() : system.scenario().object().maps()) {
            ImmutableList<KeyPartition.KeyClass> then = system.snapshot(after).bindings(map.index()).classes();
            system.snapshot(before).bindings(map.index()).classes().forEachWithIndex((c, i) -> {
                if (c.element() != KeyPartition.ABSENT && then.get(i).element() == KeyPartition.ABSENT) {
                    String name = map.name() + "[" + (c.keys().isEmpty() ? "..." : key(map.index(), c.keys().getFirst(), Symbol.INITIAL)) + "]";
                    evictions.add(new Step(because.agent(), because.cpu(), because.level(), because.depth(), because.program(), because.slot(), "evict",
                            name, name, map.index(), 0, 0, because.before(), because.before(), because.held(), because.off(), false));
                }
            });
        }
        return evictions.toImmutable();
    }

    /** Puts what suspended agents are about to do where they stopped, what the others are about to do at the end. */
    private void placePending(MutableList<Step> steps) {
        int[] end = path.last().toArray();
        for (Step step : pending()) {
            boolean suspended = system.snapshot(end).above(step.agent()) >= 0;
            int last = steps.detectLastIndex(s -> s.agent() == step.agent());
            int stopped = last >= 0 ? last + 1 : Math.max(0, steps.detectIndex(s -> s.cpu() == step.cpu() && s.depth() > step.depth()));
            steps.add(suspended ? stopped : steps.size(), step);
        }
    }

    /** The steps that the agents at fault are about to take. */
    private MutableList<Step> pending() {
        MutableList<Step> steps = Lists.mutable.empty();
        int[] end = path.last().toArray();
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            Run run = system.run(agent, end[agent]);
            boolean concerned = finding.places().anySatisfy(p -> p.program().equals(run.program().name()) && p.slot() == run.state().pc());
            if (system.active(end, agent) && concerned && (aboutLocks() || slotAtFault(end, agent) == focus)) {
                steps.add(step(agent, run, Answer.NONE, end, end, true));
            }
        }
        return steps;
    }

    private Step step(int agent, Run run, Answer answer, int[] before, int[] after, boolean pending) {
        VisibleOperation operation = run.state().operation();
        Snapshot now = system.snapshot(before);
        String value = value(operation, answer, agent, now, pending) + lockStep(agent, before);
        Scenario.AgentPlace place = system.scenario().agents().get(agent);
        int slot = -1;
        int offset = 0;
        int size = 0;
        if (operation instanceof VisibleOperation.Access a) {
            slot = a.element().slot();
            offset = a.offset();
            size = a.size();
        } else if (operation instanceof VisibleOperation.Acquire a) {
            slot = a.element().slot();
            offset = a.offset();
        } else if (operation instanceof VisibleOperation.Release r) {
            slot = r.element().slot();
            offset = r.offset();
        } else if (operation instanceof VisibleOperation.TimerOperation t) {
            slot = t.element().slot();
        }
        ImmutableList<String> held = system.run(agent, after[agent]).state().held()
                .reject(HeldLock::isTurn).collect(h -> (h.ofBucket() ? "bucket of " : "") + elementName(h.element()));
        String element = slot >= 0 ? elementName(slot)
                : operation instanceof VisibleOperation.MapOperation m ? mapName(m.map()) + "[" + key(m.map(), m.key(), agent) + "]" : "";
        int map = slot >= 0 ? system.slots().mapOf(slot) : operation instanceof VisibleOperation.MapOperation m ? m.map() : -1;
        String old = content(before);
        String changed = pending && slot == focus && operation instanceof VisibleOperation.Store s && s.offset() == finding.subject().offset()
                && s.size() == finding.subject().size() ? value : content(after);
        return new Step(agent, place.cpu(), place.level().word(), situation.depth(before, agent), run.program().name(), run.state().pc(),
                action(operation) + (system.memory().buffered(operation) && !pending ? BUFFERED : ""), value, element, map, offset, size, old,
                changed, held, off(system.run(agent, after[agent]).state().flags()), pending);
    }

    /** {@return what is switched off, in words: "interrupts off", "preemption off", or ""} */
    public static String off(CpuFlags flags) {
        return flags.irqsOff() ? "interrupts off" : flags.noPreemption() ? "preemption off" : "";
    }

    /** Of a lock that is taken and released in several steps, which one. */
    private String lockStep(int agent, int[] before) {
        String says = system.says(before, agent);
        return says.isEmpty() ? "" : " " + says;
    }

    /** {@return what a step does, in a word or two} */
    public static String action(VisibleOperation operation) {
        return switch (operation) {
            case VisibleOperation.Load o -> o.atomic() ? "load_acquire" : "load";
            case VisibleOperation.Store o -> o.atomic() ? "store_release" : "store";
            case VisibleOperation.ReadModifyWrite o -> "atomic " + o.op().name().toLowerCase(java.util.Locale.ROOT);
            case VisibleOperation.CopyOut o -> "copy out";
            case VisibleOperation.CopyIn o -> "copy in";
            case VisibleOperation.Acquire o -> "lock";
            case VisibleOperation.Release o -> "unlock";
            case VisibleOperation.Lookup o -> "lookup";
            case VisibleOperation.LookupOnCpu o -> "lookup";
            case VisibleOperation.Walk o -> o.ahead() ? "look ahead" : "walk to";
            case VisibleOperation.Update o -> "update";
            case VisibleOperation.Delete o -> "delete";
            case VisibleOperation.BeginTimer o -> word(o.async());
            case VisibleOperation.EndTimer o -> word(o.async()) + " done";
            case VisibleOperation.InitTimer o -> "init " + word(o.async());
            case VisibleOperation.SetTimer o -> "set callback";
            case VisibleOperation.StartTimer o -> o.checked() ? word(o.async()) + " started" : "start " + word(o.async());
            case VisibleOperation.CancelTimer o -> switch (o.phase()) {
                case ANNOUNCE -> "cancel timer";
                case DROP -> o.own() >= 0 ? "drop callback" : "cancel timer";
                case RETREAT -> "cancel no more";
                case WAIT -> "wait for callback";
            };
            case VisibleOperation.LockBucket o -> "lock bucket";
            case VisibleOperation.UnlockBucket o -> o.unlinks() ? "delete" : "unlock bucket";
            case VisibleOperation.ReadClock o -> "clock";
            case VisibleOperation.UseWrapped o -> "difference";
            case VisibleOperation.Fence o -> "fence";
            case VisibleOperation.CpuNumber o -> "cpu";
            case VisibleOperation.CpuCount o -> "cpus";
            case VisibleOperation.ElementOnCpu o -> "element on CPU" + o.cpu();
            case VisibleOperation.Toggle o -> toggle(o.what());
            case VisibleOperation.Start o -> "start";
            case VisibleOperation.End o -> "end";
            case VisibleOperation.Unsupported o -> "stop";
        };
    }

    private static String word(Async async) {
        return async == Async.TIMER ? "timer" : "work";
    }

    private static String toggle(VisibleOperation.Switch what) {
        return switch (what) {
            case IRQ_SAVE -> "interrupts off";
            case IRQ_RESTORE -> "interrupts restored";
            case PREEMPT_DISABLE -> "preemption off";
            case PREEMPT_ENABLE -> "preemption on";
        };
    }

    private String value(VisibleOperation operation, Answer answer, int agent, Snapshot before, boolean pending) {
        return switch (operation) {
            case VisibleOperation.Load o when ofInnerMaps(o.element().slot()) -> innerMap(before.element(o.element().slot()).read(o.element().slot(), 0, o.size()));
            case VisibleOperation.Store o when ofInnerMaps(o.element().slot()) -> innerMap(o.value().term());
            case VisibleOperation.Load o -> number(before.seen(agent, o.element().slot()).read(o.element().slot(), o.offset(), o.size()));
            case VisibleOperation.Store o -> number(Element.toShared(o.value().term(), agent));
            case VisibleOperation.ReadModifyWrite o -> modified(o, agent, before);
            case VisibleOperation.CopyOut o -> o.size() + " bytes";
            case VisibleOperation.CopyIn o -> o.size() + " bytes";
            case VisibleOperation.Lookup o -> pending ? "" : foundOrNot(answer);
            case VisibleOperation.LookupOnCpu o -> pending ? "" : foundOrNot(answer);
            case VisibleOperation.Walk o -> pending ? "" : answer instanceof Answer.Of of && of.value() instanceof Value.Pointer ? "found" : o.ahead() ? "not yet" : "over";
            case VisibleOperation.Update o -> pending ? "" : result(answer);
            case VisibleOperation.Delete o -> pending ? "" : result(answer);
            case VisibleOperation.BeginTimer o -> pending ? "" : foundOrNot(answer);
            case VisibleOperation.EndTimer o -> "";
            case VisibleOperation.InitTimer o -> pending ? "" : result(answer);
            case VisibleOperation.SetTimer o -> system.scenario().object().programs().get(o.callback()).name()
                    + (pending || !(answer instanceof Answer.Of of) || of.value().is(0) ? "" : " " + result(answer));
            case VisibleOperation.StartTimer o -> answer instanceof Answer.Of && !pending ? result(answer) : "";
            case VisibleOperation.CancelTimer o -> answer instanceof Answer.Of && !pending ? result(answer) : "";
            case VisibleOperation.LockBucket o -> pending ? "" : foundOrNot(answer);
            case VisibleOperation.UnlockBucket o -> pending ? "" : result(answer);
            case VisibleOperation.Acquire o when pending -> elementName(o.element().slot()) + ", owned by " + owner(before, o.element().slot(), o.offset());
            case VisibleOperation.Acquire o -> elementName(o.element().slot()) + (answer instanceof Answer.Of ? " " + result(answer) : "");
            case VisibleOperation.Release o -> elementName(o.element().slot());
            case VisibleOperation.ReadClock o -> number(Element.toShared(o.sample(), agent));
            case VisibleOperation.UseWrapped o -> number(Element.toShared(o.earlier(), agent)) + " - " + number(Element.toShared(o.later(), agent));
            case VisibleOperation.Fence o -> "";
            case VisibleOperation.CpuNumber o -> "";
            case VisibleOperation.CpuCount o -> "";
            case VisibleOperation.ElementOnCpu o -> "";
            case VisibleOperation.Toggle o -> "";
            case VisibleOperation.Start o -> "";
            case VisibleOperation.End o -> "";
            case VisibleOperation.Unsupported o -> o.what();
        };
    }

    private boolean ofInnerMaps(int slot) {
        return system.scenario().object().maps().get(system.slots().mapOf(slot)).type() == MapType.ARRAY_OF_MAPS;
    }

    private String innerMap(Term entry) {
        return entry instanceof Constant c && c.value() > 0 ? mapName((int) c.value() - 1) : "NULL";
    }

    private String modified(VisibleOperation.ReadModifyWrite o, int agent, Snapshot before) {
        Term old = before.element(o.element().slot()).read(o.element().slot(), o.offset(), o.size());
        return number(old) + " -> " + number(Modify.compute(o.op(), old, Element.toShared(o.operand().term(), agent), o.size()));
    }

    private static String foundOrNot(Answer answer) {
        return answer instanceof Answer.Of of && of.value() instanceof Value.Pointer ? "found" : "NULL";
    }

    private static String result(Answer answer) {
        return answer instanceof Answer.Bound ? "0" : answer instanceof Answer.Of of && of.value() instanceof Value.Scalar s && s.term() instanceof Constant c
                ? Errno.ofResult(c.value()).map(e -> "-" + e).orElse(s.term().toString()) : "";
    }

    // ---- names

    private static final String NOT_KNOWN = "?";

    private String number(Term term) {
        return told(term) ? Long.toUnsignedString(value(term)) : NOT_KNOWN;
    }

    /** {@return whether there is a number to tell} */
    private boolean told(Term term) {
        return doubt.isEmpty() || term.isConstant();
    }

    private long value(Term term) {
        return Terms.evaluate(term, s -> inputs.getOrDefault(s, 0L));
    }

    private String mapName(int map) {
        return system.scenario().object().maps().get(map).name();
    }

    private String elementName(int slot) {
        ElementIds.Name name = system.slots().name(slot);
        MapDefinition map = system.scenario().object().maps().get(name.map());
        if (map.data().isPresent()) {
            return map.name();
        }
        String cpu = map.type().perCpu() ? " of CPU" + name.cpu() : "";
        String key = name.series() == ElementIds.Series.FIXED ? String.valueOf(name.index()) : keyOf(name.map(), slot);
        return map.name() + "[" + key + "]" + cpu;
    }

    /** {@return the key that found the element when it was found first} */
    private String keyOf(int map, int slot) {
        for (int i = 0; i <= path.steps().size(); i++) {
            int[] state = i < path.steps().size() ? path.before(i) : path.last().toArray();
            var group = system.snapshot(state).bindings(map).classes().detect(c -> c.element() == slot);
            if (group != null && group.keys().notEmpty()) {
                return key(map, group.keys().getFirst(), Symbol.INITIAL);
            }
        }
        return "...";
    }

    private String key(int map, Key key, int agent) {
        if (!key.words().allSatisfy(this::told)) {
            return NOT_KNOWN;
        }
        String text = new KeyNames(system.scenario().object().maps().get(map)).of(new Key(key.words().collect(w -> Terms.constant(value(Element.toShared(w, agent))))));
        return text.startsWith("{") ? text : "{" + text + "}";
    }
}
