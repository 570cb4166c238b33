package bpfmc.model.call;

import bpfmc.model.kernel.Errno;
import bpfmc.model.kernel.Flags;
import bpfmc.model.kernel.MapType;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Unfollowed;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Values that belong to objects of the kernel: of tasks, sockets, inodes and cgroups (kernel/bpf/bpf_local_storage.c), each an element whose key is the
 * object, and of the cgroup that a program is attached to (kernel/bpf/local_storage.c), which is always there. With BPF_LOCAL_STORAGE_GET_F_CREATE a
 * value that is not there is made, of zeroes or of the bytes handed over; of two runs that make it one finds the other's.
 *
 * <p>Which object it is, is known of the running task, and of an address that the program was handed, as of any number. An object that a helper returns
 * may be any. A value goes with its object only when nobody can hold its address.
 */
final class StorageCalls implements CallFamily {
    private static final String OF_CGROUP = "bpf_get_local_storage";
    private static final ImmutableMap<String, MapType> GET = Maps.immutable.<String, MapType>empty().newWithKeyValue("bpf_task_storage_get", MapType.TASK_STORAGE)
            .newWithKeyValue("bpf_sk_storage_get", MapType.SK_STORAGE).newWithKeyValue("bpf_inode_storage_get", MapType.INODE_STORAGE)
            .newWithKeyValue("bpf_cgrp_storage_get", MapType.CGRP_STORAGE);
    private static final ImmutableMap<String, MapType> DELETE = Maps.immutable.<String, MapType>empty()
            .newWithKeyValue("bpf_task_storage_delete", MapType.TASK_STORAGE).newWithKeyValue("bpf_sk_storage_delete", MapType.SK_STORAGE)
            .newWithKeyValue("bpf_inode_storage_delete", MapType.INODE_STORAGE).newWithKeyValue("bpf_cgrp_storage_delete", MapType.CGRP_STORAGE);

    @Override
    public String name() {
        return "storage of kernel objects";
    }

    @Override
    public ImmutableSet<String> functions() {
        return GET.keysView().toImmutableSet().newWithAll(DELETE.keysView()).newWith(OF_CGROUP);
    }

    @Override
    public Support support(Callee callee) {
        return new Support.Approximated(type(callee) == MapType.TASK_STORAGE ? "exact for the running task; which other object it is may not be known"
                : "which object it is may not be known");
    }

    private static MapType type(Callee callee) {
        return GET.getIfAbsentValue(callee.name(), DELETE.getIfAbsentValue(callee.name(), MapType.CGROUP_STORAGE));
    }

    @Override
    public ImmutableSet<Use> uses(Callee callee) {
        ImmutableSet<Use> uses = DELETE.containsKey(callee.name()) ? Sets.immutable.with(Use.REBINDS)
                : callee.name().equals(OF_CGROUP) ? Sets.immutable.with(Use.FINDS_ELEMENT) : Sets.immutable.with(Use.FINDS_ELEMENT, Use.UPDATES, Use.REBINDS);
        return type(callee) == MapType.TASK_STORAGE ? uses.newWith(Use.TELLS_TASK) : uses;
    }

    @Override
    public boolean enter(Call call) {
        Optional<MapDefinition> map = call.map(1);
        if (map.isEmpty()) {
            return call.unsupported(call.callee().name() + ", in a map that is not known at load time");
        }
        if (call.callee().name().equals(OF_CGROUP)) {
            return call.stop(new VisibleOperation.Lookup(map.get().index(), cgroup(call, map.get())));
        }
        if (map.get().type() != type(call.callee())) {
            return call.unsupported(call.callee().name() + ", in a map of type " + map.get().type());
        }
        Optional<Term> object = object(call);
        if (object.isEmpty()) {
            return call.unsupported(call.callee().name() + ", of what is no object of the kernel");
        }
        return object.get().isConstant() ? nobody(call) : of(call, map.get(), new Key(Lists.immutable.with(object.get())));
    }

    /** {@return the cgroup that the program is attached to, and how, where the map's keys tell that (struct bpf_cgroup_storage_key)} */
    private static Key cgroup(Call call, MapDefinition map) {
        Term cgroup = new Symbol(Symbol.OWN, Symbol.Kind.CONSTANT_RESULT, ((Callee.OfHelper) call.callee()).helper().id(), 0, Long.BYTES);
        int attached = call.config().object().programs().collect(p -> p.section().attach()).distinct().indexOf(call.config().program().section().attach());
        return new Key(map.keySize() > Long.BYTES ? Lists.immutable.with(cgroup, Terms.constant(attached)) : Lists.immutable.with(cgroup));
    }

    /** {@return the address of the object, 0 when there is none; empty when the argument points to none} */
    private static Optional<Term> object(Call call) {
        return switch (call.argument(2)) {
            case null -> Optional.empty();
            case Value.Scalar s -> Optional.of(s.term());
            case Value.Pointer p -> switch (p.region()) {
                case Region.Kernel k when CurrentTask.is(k) && p.offset().equals(Constant.ZERO) -> Optional.of(CurrentTask.Property.ADDRESS.of(0));
                case Region.Kernel k -> Optional.of(call.machine().unfollowed(Long.BYTES, Unfollowed.KERNEL_OBJECT));
                case Region.Context c -> Optional.of(call.machine().unfollowed(Long.BYTES, Unfollowed.KERNEL_OBJECT));
                case Region.Stack x -> Optional.empty();
                case Region.Element x -> Optional.empty();
                case Region.Memory x -> Optional.empty();
                case Region.Packet x -> Optional.empty();
                case Region.PacketEnd x -> Optional.empty();
                case Region.MapHandle x -> Optional.empty();
                case Region.Code x -> Optional.empty();
            };
        };
    }

    /** There is no object: NULL, or -EINVAL. */
    private static boolean nobody(Call call) {
        return call.finish(Value.of(DELETE.containsKey(call.callee().name()) ? Errno.EINVAL.result() : 0));
    }

    private static boolean of(Call call, MapDefinition map, Key key) {
        boolean deletes = DELETE.containsKey(call.callee().name());
        if (!deletes && !call.argument(4).is(0) && !call.argument(4).is(Flags.STORAGE_CREATE)) {
            return call.unsupported(call.callee().name() + " with flags that are not known");
        }
        if (!deletes && call.argument(3) instanceof Value.Pointer p && !privateMemory(p)) {
            return call.unsupported("an object's value that is made from a map value, or from memory that is not known");
        }
        if (map.type() != MapType.TASK_STORAGE) {
            Call none = call.fork();
            nobody(none);
            none.follow();
        }
        return deletes ? call.stop(new VisibleOperation.Delete(map.index(), key))
                : call.stop(new VisibleOperation.Lookup(map.index(), key), call.argument(2).loads());
    }

    private static boolean privateMemory(Value.Pointer p) {
        return p.offset() instanceof Constant && (p.region() instanceof Region.Stack || p.region() instanceof Region.Memory);
    }

    @Override
    public boolean reexecutes(Call call, VisibleOperation operation) {
        return true;
    }

    @Override
    public void resume(Call call, VisibleOperation operation, Answer answer) {
        switch (operation) {
            case VisibleOperation.Lookup o when ((Answer.Of) answer).value() instanceof Value.Pointer -> call.finish(answer);
            case VisibleOperation.Lookup o when GET.containsKey(call.callee().name()) && call.argument(4).is(Flags.STORAGE_CREATE) -> call.stop(
                    new VisibleOperation.Update(o.map(), o.key(), initial(call, call.map(1).orElseThrow()), Flags.NOEXIST));
            case VisibleOperation.Update o when answer instanceof Answer.Bound made ->
                    call.finish(new Answer.Of(Value.to(new Region.Element(made.element(), Region.Life.BOUND), 0)));
            case VisibleOperation.Update o when answer instanceof Answer.Of of && of.value().is(Errno.EEXIST.result()) ->
                    call.stop(new VisibleOperation.Lookup(o.map(), o.key()));
            case VisibleOperation.Delete o -> call.finish(((Answer.Of) answer).value());
            default -> call.finish(Value.of(0));
        }
    }

    /** {@return what a new value holds: the bytes handed over, or zeroes} */
    private static Cells initial(Call call, MapDefinition map) {
        Machine m = call.machine();
        if (call.argument(3) instanceof Value.Pointer) {
            return call.plainBytes(map, call.arguments().bytes(m, 3, map.valueSize()).orElseThrow());
        }
        return call.plainBytes(map, Cells.of(map.valueSize(), (at, bytes) -> Value.of(0)));
    }
}
