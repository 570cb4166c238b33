package bpfmc.model.program.load;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Section;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import bpfmc.model.program.load.CodeUnit.Link;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.map.primitive.MutableIntObjectMap;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;

/**
 * Lays a program out as libbpf does (bpf_object__reloc_code): its own code first; then, at the first call of each
 * subprogram, that subprogram, before the rest of the caller is looked at.
 */
final class Linker {
    /** The kernel's limit of one program (BPF_COMPLEXITY_LIMIT_INSNS, include/linux/bpf.h). */
    private static final int MOST_SLOTS = 1_000_000;

    private final CodeUnits units;

    Linker(CodeUnits units) {
        this.units = units;
    }

    /** {@return the program that begins with a function, linked with all it can reach} */
    BpfProgram link(CodeFunction entry, Section section) {
        try {
            return new Layout(entry).program(section);
        } catch (InputException e) {
            throw e.within("program " + entry.name());
        }
    }

    /** The functions of one program and their first slots, in order. */
    private final class Layout {
        private final CodeFunction entry;
        private final Map<CodeFunction, Integer> starts = new LinkedHashMap<>();
        private int end;

        Layout(CodeFunction entry) {
            this.entry = entry;
            Deque<Caller> callers = new ArrayDeque<>();
            callers.push(append(entry));
            while (!callers.isEmpty()) {
                CodeFunction next = callers.peek().nextCallee();
                if (next == null) {
                    callers.pop();
                } else if (!starts.containsKey(next)) {
                    callers.push(append(next));
                }
            }
        }

        private Caller append(CodeFunction function) {
            CodeUnit unit = units.of(function);
            units.spend(function.slots());
            if (end + function.slots() > MOST_SLOTS) {
                throw new InputException("with its subprograms it has more than " + MOST_SLOTS + " instructions");
            }
            starts.put(function, end);
            end += function.slots();
            return new Caller(unit);
        }

        BpfProgram program(Section section) {
            MutableList<Instruction> code = Lists.mutable.ofInitialCapacity(end);
            MutableIntObjectMap<Reference> references = IntObjectHashMap.newMap();
            MutableIntObjectMap<SourceLine> lines = IntObjectHashMap.newMap();
            MutableList<Function> functions = Lists.mutable.empty();
            starts.forEach((function, start) -> {
                CodeUnit unit = units.of(function);
                functions.add(new Function(function.name(), start, start + function.slots(), function.global()));
                code.addAllIterable(unit.code());
                unit.references().forEachKeyValue((slot, reference) -> references.put(start + slot, reference));
                unit.lines().forEachKeyValue((slot, line) -> lines.put(start + slot, line));
                unit.links().forEachKeyValue((slot, link) -> connect(start + slot, link, code, references));
            });
            return new BpfProgram(entry.name(), section, code.toImmutable(), functions.toImmutable(),
                    references.toImmutable(), lines.toImmutable());
        }

        private void connect(
                int slot, Link link, MutableList<Instruction> code, MutableIntObjectMap<Reference> references) {
            int target = starts.get(link.target()) + link.offset();
            int distance = target - slot - 1;
            if (code.get(slot) instanceof Instruction.LoadImmediate64 load) {
                code.set(slot, new Instruction.LoadImmediate64(load.dst(), load.kind(), distance, 0));
                references.put(slot, new Reference.Function(target));
            } else if (code.get(slot) instanceof Instruction.CallSubprogram) {
                code.set(slot, new Instruction.CallSubprogram(distance));
            }
        }
    }

    /** A function whose calls are being followed, in the order of its slots. */
    private static final class Caller {
        private final CodeUnit unit;
        private final int[] slots;
        private int next;

        Caller(CodeUnit unit) {
            this.unit = unit;
            this.slots = unit.links().keySet().toSortedArray();
        }

        /** {@return the next function called, null when there is none left} */
        CodeFunction nextCallee() {
            return next < slots.length ? unit.links().get(slots[next++]).target() : null;
        }
    }
}
