package bpfmc.model.program.load;

import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.Maps;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.tuple.Tuples;

/**
 * Tail calls into programs that the object itself puts into a PROG_ARRAY: the code of every program that a program can
 * reach is laid out behind its own, so that a run can go on there. All distances inside a program's code are relative, so
 * code moves as it is.
 *
 * <p>A program that does not fit, or is of another type than its caller (which the kernel refuses,
 * kernel/bpf/core.c, bpf_prog_map_compatible), is left out; a tail call to it stays unresolved.
 */
public final class TailCalls {
    /** What the programs of one object may come to with all they reach, in slots. */
    private static final int MOST_SLOTS = 4_000_000;

    private TailCalls() {}

    /** {@return the object with every program's tail calls followed} */
    public static BpfObject followed(BpfObject object) {
        if (object.maps().allSatisfy(m -> m.initialPrograms().isEmpty())) {
            return object;
        }
        int[] left = {MOST_SLOTS};
        return new BpfObject(object.name(), object.license(), object.programs().collect(p -> followed(object, p, left)),
                object.maps(), object.btf(), object.notes());
    }

    private static BpfProgram followed(BpfObject object, BpfProgram program, int[] left) {
        Map<BpfProgram, Integer> starts = new LinkedHashMap<>();
        Deque<BpfProgram> open = new ArrayDeque<>();
        int end = program.size();
        starts.put(program, 0);
        open.push(program);
        while (!open.isEmpty()) {
            for (BpfProgram target : targets(object, open.pop())) {
                boolean fits = target.section().type() == program.section().type() && target.size() <= left[0];
                if (fits && !starts.containsKey(target)) {
                    starts.put(target, end);
                    end += target.size();
                    left[0] -= target.size();
                    open.push(target);
                }
            }
        }
        return starts.size() == 1 ? program : joined(program, starts);
    }

    private static Iterable<BpfProgram> targets(BpfObject object, BpfProgram program) {
        return program.references().toList().asLazy().selectInstancesOf(Reference.Map.class)
                .flatCollect(r -> object.maps().get(r.map()).initialPrograms().toSortedList()).distinct()
                .collect(name -> object.programs().detect(p -> p.name().equals(name))).reject(p -> p == null).toList();
    }

    private static BpfProgram joined(BpfProgram program, Map<BpfProgram, Integer> starts) {
        MutableList<Instruction> code = Lists.mutable.empty();
        MutableList<Function> functions = Lists.mutable.empty();
        MutableIntObjectMap<Reference> references = IntObjectMaps.mutable.empty();
        MutableIntObjectMap<SourceLine> lines = IntObjectMaps.mutable.empty();
        starts.forEach((part, start) -> {
            code.addAllIterable(part.code());
            functions.addAllIterable(part.functions().collect(f ->
                    new Function(f.name(), start + f.start(), start + f.end(), f.global())));
            part.references().forEachKeyValue((slot, reference) -> references.put(start + slot, moved(reference, start)));
            part.lines().forEachKeyValue((slot, line) -> lines.put(start + slot, line));
        });
        return new BpfProgram(program.name(), program.section(), code.toImmutable(), functions.toImmutable(),
                references.toImmutable(), lines.toImmutable(),
                Maps.immutable.withAll(starts).collect((part, start) -> Tuples.pair(part.name(), start)), program.types(), program.origin());
    }

    private static Reference moved(Reference reference, int start) {
        return switch (reference) {
            case Reference.Function f -> new Reference.Function(start + f.slot());
            case Reference.Map m -> m;
            case Reference.Data d -> d;
            case Reference.Kfunc k -> k;
            case Reference.Kernel k -> k;
            case Reference.KernelSymbol k -> k;
        };
    }
}
