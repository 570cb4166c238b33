package bpfmc.explorer.report.format;

import bpfmc.model.isa.Disassembler;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import java.util.Optional;

/** One program's instructions by slot, each source line before the first instruction that comes from it. */
final class CodeListing {
    private static final int COMMENT_COLUMN = 44;

    private final BpfObject object;
    private final BpfProgram program;
    private final StringBuilder out = new StringBuilder();

    CodeListing(BpfObject object, BpfProgram program) {
        this.object = object;
        this.program = program;
    }

    String render() {
        out.append("program ").append(program.name()).append(" (").append(program.section().name()).append("), ")
                .append(count(program.instructionCount(), "instruction")).append('\n');
        program.functions().forEach(this::function);
        return out.toString();
    }

    private void function(Function function) {
        out.append('\n').append(function.name()).append(":\n");
        Optional<SourceLine> shown = Optional.empty();
        for (int slot = function.start(); slot < function.end(); slot++) {
            Optional<SourceLine> line = Optional.ofNullable(program.lines().get(slot));
            if (line.isPresent() && !same(line.get(), shown)) {
                source(line.get());
                shown = line;
            }
            Instruction instruction = program.code().get(slot);
            if (instruction != null) {
                instruction(slot, instruction);
            }
        }
    }

    private static boolean same(SourceLine line, Optional<SourceLine> other) {
        return other.isPresent() && other.get().line() == line.line() && other.get().file().equals(line.file());
    }

    private void source(SourceLine line) {
        String file = line.file().substring(line.file().lastIndexOf('/') + 1);
        out.append("; ").append(file).append(':').append(line.line()).append(": ").append(line.text().strip()).append('\n');
    }

    private void instruction(int slot, Instruction instruction) {
        String text = "%5d: %s".formatted(slot, Disassembler.text(instruction));
        String comment = comment(slot, instruction);
        out.append(text);
        if (!comment.isEmpty()) {
            out.append(" ".repeat(Math.max(1, COMMENT_COLUMN - text.length()))).append("; ").append(comment);
        }
        out.append('\n');
    }

    private String comment(int slot, Instruction instruction) {
        if (instruction instanceof Instruction.CallHelper call) {
            return Helpers.byId(call.helper()).map(h -> "bpf_" + h.name()).orElse("unknown helper");
        }
        if (instruction instanceof Instruction.CallSubprogram call) {
            return nameAt(slot + 1 + call.offset());
        }
        Reference reference = program.references().get(slot);
        return reference == null ? "" : comment(reference);
    }

    private String comment(Reference reference) {
        return switch (reference) {
            case Reference.Map map -> "map " + object.maps().get(map.map()).name();
            case Reference.Data data -> data(object.maps().get(data.map()), data.offset());
            case Reference.Function function -> "function " + nameAt(function.slot());
            case Reference.Kfunc kfunc -> "kfunc " + kfunc.name() + (kfunc.weak() ? " (weak)" : "");
            case Reference.Kernel kernel -> "kernel " + kernel.step().function();
            case Reference.KernelSymbol symbol -> "kernel symbol " + symbol.name() + (symbol.weak() ? " (weak)" : "");
        };
    }

    private static String data(MapDefinition map, int offset) {
        return map.name() + "+" + offset
                + map.value().fieldAt(offset, 1).map(field -> " " + field.name()).orElse("");
    }

    private String nameAt(int slot) {
        Function function = program.functionAt(slot);
        return function == null ? "slot " + slot
                : function.name() + (slot == function.start() ? "" : "+" + (slot - function.start()));
    }

    /** {@return "1 map", "2 maps"} */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
