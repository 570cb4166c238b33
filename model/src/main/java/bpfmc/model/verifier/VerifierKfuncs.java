package bpfmc.model.verifier;

import bpfmc.model.btf.FunctionPrototype;
import bpfmc.model.isa.Condition;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState.LockClass;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Comparison;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.Optional;
import java.util.function.Consumer;

/** What a call of a kernel function leaves behind when nobody else runs ({@link VerifierCalls}). */
final class VerifierKfuncs {
    private static final long MAX_ERRNO = 4095;

    private final RunConfig config;
    private final VerifierCalls calls;

    VerifierKfuncs(RunConfig config, VerifierCalls calls) {
        this.config = config;
        this.calls = calls;
    }

    boolean call(VerifierPath way, Reference.Kfunc kfunc, Consumer<VerifierPath> others) {
        Machine m = way.machine;
        return switch (base(kfunc.name())) {
            case "bpf_res_spin_lock" -> tryLock(way, LockClass.RESILIENT, others);
            case "bpf_res_spin_lock_irqsave" -> tryLock(way, LockClass.RESILIENT_IRQ, others);
            case "bpf_res_spin_unlock" -> calls.release(way, LockClass.RESILIENT);
            case "bpf_res_spin_unlock_irqrestore" -> {
                restore(way, 2);
                yield calls.release(way, LockClass.RESILIENT_IRQ);
            }
            case "bpf_preempt_disable" -> region(way, way.custody.withPreempt(way.custody.preempt() + 1));
            case "bpf_preempt_enable" -> region(way, way.custody.withPreempt(way.custody.preempt() - 1));
            case "bpf_rcu_read_lock" -> region(way, way.custody.withRcu(way.custody.rcu() + 1));
            case "bpf_rcu_read_unlock" -> region(way, way.custody.withRcu(way.custody.rcu() - 1));
            case "bpf_local_irq_save" -> {
                save(way, 1, false);
                yield VerifierCalls.finish(way, Value.of(0));
            }
            case "bpf_local_irq_restore" -> {
                restore(way, 1);
                yield VerifierCalls.finish(way, Value.of(0));
            }
            case "bpf_obj_new", "bpf_percpu_obj_new" -> {
                way.restsOn(m.registers[1]);
                yield calls.found(way, others, new Origin.Allocated(
                        m.registers[1] instanceof Value.Scalar s && s.term() instanceof Constant c ? c.value() : 0, true));
            }
            case "bpf_refcount_acquire" -> acquire(way, others);
            case "bpf_obj_drop", "bpf_percpu_obj_drop" -> {
                element(way, 1).ifPresent(e -> VerifierElements.release(m, slot -> slot == e));
                yield VerifierCalls.finish(way, Value.of(0));
            }
            case "bpf_list_push_front", "bpf_list_push_back", "bpf_list_add" -> {
                disown(way, 2);
                yield VerifierCalls.finish(way, m.unknownValue(8));
            }
            case "bpf_rbtree_add" -> addToTree(way, others);
            case "bpf_list_pop_front", "bpf_list_pop_back", "bpf_list_del", "bpf_rbtree_remove" -> node(way, others, true);
            case "bpf_rbtree_first", "bpf_rbtree_root", "bpf_rbtree_left", "bpf_rbtree_right", "bpf_list_front",
                    "bpf_list_back" -> node(way, others, false);
            case "bpf_iter_num_next" -> next(way, others);
            case "bpf_wq_set_callback", "bpf_task_work_schedule_signal", "bpf_task_work_schedule_resume" ->
                    calls.runsLater(way, kfunc.name().startsWith("bpf_wq") ? 2 : 4);
            case "bpf_throw" -> false;
            default -> byPrototype(way, kfunc, others);
        };
    }

    /** {@return the name without the ending that older headers give to functions with hidden arguments} */
    static String base(String name) {
        return name.endsWith("_impl") ? name.substring(0, name.length() - "_impl".length()) : name;
    }

    private static boolean region(VerifierPath way, VerifierState custody) {
        way.custody = custody;
        return VerifierCalls.finish(way, Value.of(0));
    }

    /** r0 is 0 and the lock is held, or r0 is an error and it is not (verifier.c, check_kfunc_call, Linux 6.15). */
    private boolean tryLock(VerifierPath way, LockClass kind, Consumer<VerifierPath> others) {
        VerifierPath failed = way.copy();
        failed.happened(PathHistory.Kind.FAILS);
        Machine m = failed.machine;
        Symbol low = m.unknown(4);
        Term error = Terms.signExtend(low, 4);
        m.assume(Comparison.of(Condition.GE, low, Terms.constant(-MAX_ERRNO & 0xffffffffL)));
        m.assume(Comparison.of(Condition.SLT, error, Terms.constant(0)));
        VerifierCalls.finish(failed, Value.of(error));
        others.accept(failed);
        if (kind == LockClass.RESILIENT_IRQ) {
            save(way, 2, true);
        }
        return calls.acquire(way, kind, Value.of(0));
    }

    private static void save(VerifierPath way, int argument, boolean byLock) {
        int id = way.custody.irqs().collectInt(VerifierState.IrqFlag::id).maxIfEmpty(0) + 1;
        way.custody = way.custody.saved(new VerifierState.IrqFlag(id, byLock, way.machine.pc));
        write(way.machine, argument, VerifierElements.irqFlagOf(id));
    }

    private static void restore(VerifierPath way, int argument) {
        VerifierElements.irqFlag(way.machine, way.machine.registers[argument]).ifPresent(id -> way.custody = way.custody.restored(id));
        write(way.machine, argument, way.machine.unknownValue(8));
    }

    private static void write(Machine m, int argument, Value value) {
        if (m.registers[argument] instanceof Value.Pointer p && p.region() instanceof Region.Stack s && p.offset() instanceof Constant at) {
            Cells stack = m.frames.get(s.frame()).stack().write((int) at.value(), 8, value, MemoryAccess.unknowns(m));
            m.frames.set(s.frame(), m.frames.get(s.frame()).withStack(stack));
        }
    }

    private static Optional<Integer> element(VerifierPath way, int argument) {
        return way.machine.registers[argument] instanceof Value.Pointer p && p.region() instanceof Region.Element e
                ? Optional.of(e.slot()) : Optional.empty();
    }

    private Origin allocated(VerifierPath way, int argument, boolean owned) {
        long type = element(way, argument).map(e -> VerifierElements.origin(config, way.custody, e))
                .map(o -> o instanceof Origin.Allocated a ? a.type() : 0L).orElse(0L);
        return new Origin.Allocated(type, owned);
    }

    /** One more reference to an object: only an object that the program does not own may have lost its last one meanwhile. */
    private boolean acquire(VerifierPath way, Consumer<VerifierPath> others) {
        boolean owned = element(way, 1).map(e -> VerifierElements.origin(config, way.custody, e)).filter(o -> o instanceof Origin.Allocated a && a.owned()).isPresent();
        Origin acquired = allocated(way, 1, true);
        return owned ? VerifierCalls.finish(way, VerifierElements.fresh(config, way, acquired)) : calls.found(way, others, acquired);
    }

    /** A node of a list or tree, whose head says what it is part of; the address is the node's. */
    private boolean node(VerifierPath way, Consumer<VerifierPath> others, boolean owned) {
        Optional<Contained> contained = VerifierElements.contained(config, way.custody, way.machine.registers[1]);
        return calls.found(way, others, new Origin.Allocated(contained.map(Contained::struct).orElse(0), owned), contained.map(Contained::node).orElse(0));
    }

    /** A node that was put into a list or tree is the structure's; the program may still look at it until it unlocks. */
    private void disown(VerifierPath way, int argument) {
        element(way, argument).filter(e -> e >= config.object().maps().size())
                .ifPresent(e -> way.custody = way.custody.withOrigin(e, allocated(way, argument, false)));
    }

    /** The order is asked for while the program still owns the node (verifier.c, check_kfunc_call). */
    private boolean addToTree(VerifierPath way, Consumer<VerifierPath> others) {
        var node = element(way, 2);
        Origin added = allocated(way, 2, false);
        Optional<Contained> contained = VerifierElements.contained(config, way.custody, way.machine.registers[1]);
        Value other = VerifierElements.fresh(config, way, new Origin.Allocated(contained.map(Contained::struct).orElse(0), false),
                contained.map(Contained::node).orElse(0));
        Value argument = way.machine.registers[2];
        boolean goesOn = calls.callBack(way, 3, true, others, inside -> {
            inside.registers[1] = other;
            inside.registers[2] = argument;
        });
        node.filter(e -> e >= config.object().maps().size()).ifPresent(e -> way.custody = way.custody.withOrigin(e, added));
        return goesOn;
    }

    private boolean next(VerifierPath way, Consumer<VerifierPath> others) {
        calls.nothing(way, others);
        VerifierCalls.finish(way, Value.to(new Region.Kernel("int"), 0));
        way.again = true;
        return true;
    }

    private boolean byPrototype(VerifierPath way, Reference.Kfunc kfunc, Consumer<VerifierPath> others) {
        Machine m = way.machine;
        var parameters = kfunc.prototype().parameters();
        for (int i = 0; i < Math.min(5, parameters.size()); i++) {
            var p = parameters.get(i);
            if (p.kind() == FunctionPrototype.Kind.POINTER && !p.pointeeConst()) {
                VerifierCalls.anything(m, i + 1, p.pointeeSize());
            }
        }
        var result = kfunc.prototype().result();
        return switch (result.kind()) {
            case POINTER -> {
                calls.nothing(way, others);
                yield VerifierCalls.finish(way, Value.to(new Region.Kernel(result.typeName()), 0));
            }
            case VOID, BOOLEAN, INTEGER, ENUM, FLOAT, AGGREGATE -> VerifierCalls.finish(way, m.unknownValue(8));
        };
    }
}
