package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.Contained;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Objects that programs allocate, lists and trees of them (kernel/bpf/helpers.c: bpf_obj_new, bpf_list_push_front, bpf_rbtree_add and their kin).
 *
 * <p>The verifier sees to it that an object is its owner's alone, or is touched under the lock of the list that it is in, as long as nobody counts references to it
 * (bpf_refcount_acquire is not modelled). So its bytes are private memory here. Which objects are in a list is not followed: one that is taken out holds
 * anything, and there may always be one or none, which only adds behaviours. What a run has put into an object is handed over with it, and may come back
 * with any other. Objects that are looked at while they stay in their list (bpf_list_front), trees and counted references are not modelled: they are shared.
 */
final class ObjectCalls implements CallFamily {
    private static final String NEW = "bpf_obj_new";
    private static final String DROP = "bpf_obj_drop";
    private static final String NEW_PER_CPU = "bpf_percpu_obj_new";
    private static final String DROP_PER_CPU = "bpf_percpu_obj_drop";
    private static final String ACQUIRE = "bpf_refcount_acquire";
    private static final String EXCHANGE = "bpf_kptr_xchg";
    private static final String ADD_TO_TREE = "bpf_rbtree_add";

    private static final ImmutableSet<String> PUSH = Sets.immutable.with("bpf_list_push_front", "bpf_list_push_back");
    private static final ImmutableSet<String> POP = Sets.immutable.with("bpf_list_pop_front", "bpf_list_pop_back");
    private static final String INSERT = "bpf_list_add";
    private static final ImmutableSet<String> TAKE = Sets.immutable.with("bpf_list_del", "bpf_rbtree_remove");
    private static final ImmutableSet<String> LOOK = Sets.immutable.with("bpf_rbtree_first", "bpf_rbtree_root", "bpf_rbtree_left",
            "bpf_rbtree_right", "bpf_list_front", "bpf_list_back");

    @Override
    public String name() {
        return "allocated objects";
    }

    @Override
    public ImmutableSet<String> functions() {
        return Sets.immutable.with(NEW, DROP, NEW_PER_CPU, DROP_PER_CPU, ACQUIRE, EXCHANGE, ADD_TO_TREE, INSERT)
                .newWithAll(PUSH).newWithAll(POP).newWithAll(TAKE).newWithAll(LOOK);
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        return callee.name().equals(NEW) || POP.contains(callee.name()) ? Sets.immutable.with(Use.ALLOCATES) : Sets.immutable.empty();
    }

    @Override
    public Support support(Callee callee) {
        return followed(callee.name()) ? new Support.Approximated("lists hold any objects, and objects taken out of them any bytes") : Prototypes.support(callee);
    }

    private static boolean followed(String function) {
        return function.equals(NEW) || function.equals(DROP) || PUSH.contains(function) || POP.contains(function);
    }

    @Override
    public boolean enter(Call call) {
        String function = call.callee().name();
        Machine m = call.machine();
        if (function.equals(DROP)) {
            return call.finish(Value.of(0));
        }
        if (PUSH.contains(function)) {
            m.packet = m.packet.handing(Provenance.of(m, 2, -1));
            return call.finish(m.unknownValue(8));
        }
        if (!followed(function)) {
            return Prototypes.unmodelled(call);
        }
        Call none = call.fork();
        none.finish(Value.of(0));
        none.follow();
        int id = call.freshMemory();
        m.memories.put(id, Cells.EMPTY);
        return call.finish(Value.to(new Region.Memory(id, MemoryAccess.OF_ALLOCATED), 0));
    }

    // ---- alone

    @Override
    public boolean alone(VerifierCall call) {
        String function = call.callee().name();
        return switch (function) {
            case NEW, NEW_PER_CPU -> allocate(call);
            case DROP, DROP_PER_CPU -> {
                call.element(1).ifPresent(call::giveUp);
                yield call.finish(Value.of(0));
            }
            case ACQUIRE -> acquire(call);
            case EXCHANGE -> exchange(call);
            case ADD_TO_TREE -> addToTree(call);
            case INSERT -> push(call);
            default -> PUSH.contains(function) ? push(call) : node(call, !LOOK.contains(function));
        };
    }

    private static boolean allocate(VerifierCall call) {
        call.restsOn(call.argument(1));
        long type = call.argument(1) instanceof Value.Scalar s && s.term() instanceof Constant c ? c.value() : 0;
        return call.found(new Origin.Allocated(type, true), 0);
    }

    /**
     * The value owns what is stored, the program what was there. Of what it gave it may still look at an object of which each CPU has a copy
     * (kernel/bpf/verifier.c, check_helper_call, MEM_PERCPU).
     */
    private static boolean exchange(VerifierCall call) {
        Optional<SpecialField> field = VerifierElements.field(call.config(), call.state(), call.argument(1));
        boolean gone = field.filter(f -> f.kind() == SpecialKind.KPTR).isPresent();
        call.element(2).ifPresent(e -> {
            if (gone) {
                call.giveUp(e);
            } else {
                call.keep(call.state().released(e));
            }
        });
        return call.found(new Origin.Allocated(field.flatMap(SpecialField::contained).map(Contained::struct).orElse(0), true), 0);
    }

    private static Origin allocated(VerifierCall call, int argument, boolean owned) {
        return new Origin.Allocated(call.origin(argument).map(o -> o instanceof Origin.Allocated a ? a.type() : 0L).orElse(0L), owned);
    }

    /** One more reference to an object: only an object that the program does not own may have lost its last one meanwhile. */
    private static boolean acquire(VerifierCall call) {
        boolean owned = call.origin(1).filter(o -> o instanceof Origin.Allocated a && a.owned()).isPresent();
        Origin acquired = allocated(call, 1, true);
        return owned ? call.finish(call.fresh(acquired, 0)) : call.found(acquired, 0);
    }

    private static boolean push(VerifierCall call) {
        disown(call, 2);
        return call.finish(call.machine().unknownValue(8));
    }

    /** A node of a list or tree, whose head says what it is part of; the address is the node's. */
    private static boolean node(VerifierCall call, boolean owned) {
        Optional<Contained> contained = contained(call);
        return call.found(new Origin.Allocated(contained.map(Contained::struct).orElse(0), owned), contained.map(Contained::node).orElse(0));
    }

    private static Optional<Contained> contained(VerifierCall call) {
        return VerifierElements.contained(call.config(), call.state(), call.argument(1));
    }

    /** A node that was put into a list or tree is the structure's; the program may still look at it until it unlocks. */
    private static void disown(VerifierCall call, int argument) {
        Origin added = allocated(call, argument, false);
        call.element(argument).filter(e -> e >= call.config().object().maps().size())
                .ifPresent(e -> call.keep(call.state().withOrigin(e, added).released(e)));
    }

    /** The order is asked for while the program still owns the node (verifier.c, check_kfunc_call). */
    private static boolean addToTree(VerifierCall call) {
        var node = call.element(2);
        Origin added = allocated(call, 2, false);
        Optional<Contained> contained = contained(call);
        Value other = call.fresh(new Origin.Allocated(contained.map(Contained::struct).orElse(0), false), contained.map(Contained::node).orElse(0));
        Value argument = call.argument(2);
        boolean goesOn = Callbacks.alone(call, 3, true, inside -> {
            inside.registers[1] = other;
            inside.registers[2] = argument;
        });
        node.filter(e -> e >= call.config().object().maps().size()).ifPresent(e -> call.keep(call.state().withOrigin(e, added).released(e)));
        return goesOn;
    }
}
